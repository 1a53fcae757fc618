package io.jenkins.plugins.baton.jenkins.page;

import hudson.Util;
import io.jenkins.plugins.baton.fleet.report.Moments;
import io.jenkins.plugins.baton.jenkins.Messages;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Times as the reader of a page reads them: of day, with their zone, or how long ago. */
final class ReaderTimes {
    private static final DateTimeFormatter TIME_OF_DAY = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private ReaderTimes() {}

    /** The controller's, as in the build's log: which one a reader has chosen in Jenkins, no plugin can ask. */
    static ZoneId zone() {
        return ZoneId.systemDefault();
    }

    /** With the zone; empty for 0. */
    static String moment(long at) {
        return at == 0 ? "" : Moments.text(Instant.ofEpochMilli(at), zone());
    }

    /** The time of day, or the date where that was another day than {@code near}. */
    static String brief(String at, long near) {
        try {
            if (at == null || at.isEmpty()) {
                return "";
            }
            ZonedDateTime moment = Instant.parse(at).atZone(zone());
            boolean sameDay = moment.toLocalDate()
                    .equals(Instant.ofEpochMilli(near).atZone(zone()).toLocalDate());
            return (sameDay ? TIME_OF_DAY : DATE).format(moment);
        } catch (DateTimeParseException e) {
            return at;
        }
    }

    /** As in "3 min 4 sec"; empty for 0. */
    static String age(long at) {
        return at == 0 ? "" : Util.getTimeSpanString(Math.max(0, System.currentTimeMillis() - at));
    }

    /** As in "3 min 4 sec ago"; empty for 0. */
    static String ago(long at) {
        return at == 0 ? "" : Messages.ReaderTimes_ago(age(at));
    }

    static String span(long millis) {
        return Util.getTimeSpanString(Math.max(0, millis));
    }
}
