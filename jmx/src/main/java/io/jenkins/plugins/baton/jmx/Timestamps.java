package io.jenkins.plugins.baton.jmx;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Instants as the MBeans and the JSON show them: ISO 8601 in UTC, always with milliseconds. */
public final class Timestamps {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    private Timestamps() {}

    /** As in {@code 2026-03-01T08:15:30.250Z}. */
    public static String format(Instant instant) {
        return MILLIS.format(instant);
    }

    /** Empty for something that has not happened yet. */
    public static String format(Optional<Instant> instant) {
        return instant.map(MILLIS::format).orElse("");
    }
}
