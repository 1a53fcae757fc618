package io.jenkins.plugins.baton.fleet.report;

import java.util.List;

/** What stands for a value that a report of another version does not have. */
final class Missing {
    private Missing() {}

    static String text(String text) {
        return text == null ? "" : text;
    }

    /** @throws NullPointerException when an item is missing: then it is no report */
    static <T> List<T> list(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
