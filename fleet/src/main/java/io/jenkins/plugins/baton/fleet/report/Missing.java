package io.jenkins.plugins.baton.fleet.report;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;

/** What stands for a value that a report of another version does not have. */
final class Missing {
    private Missing() {}

    static String text(String text) {
        return text == null ? "" : text;
    }

    /**
     * @param text ISO 8601
     * @throws DateTimeParseException when it is neither missing nor a moment: then it is no report
     */
    static String moment(String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        Objects.requireNonNull(Instant.parse(text));
        return text;
    }

    /** @throws NullPointerException when an item is missing: then it is no report */
    static <T> List<T> list(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
