package io.jenkins.plugins.baton.fleet.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Times of day for a person, with their zone. */
public final class Moments {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss zzz", Locale.ENGLISH);

    private Moments() {}

    public static String text(Instant at, ZoneId zone) {
        return FORMAT.format(at.atZone(zone));
    }

    /** @param at ISO 8601; what is not is left as it is, and null is empty */
    public static String text(String at, ZoneId zone) {
        try {
            return at == null ? "" : text(Instant.parse(at), zone);
        } catch (DateTimeParseException e) {
            return at;
        }
    }
}
