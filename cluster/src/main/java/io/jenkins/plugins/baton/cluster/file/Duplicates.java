package io.jenkins.plugins.baton.cluster.file;

import io.jenkins.plugins.baton.cluster.Mark;
import io.jenkins.plugins.baton.cluster.Problems;
import io.jenkins.plugins.baton.cluster.file.format.Located;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Refuses values that must differ and do not. */
final class Duplicates {
    private Duplicates() {}

    /** @param remedy ends the sentence: what to do */
    static <T> void refuse(String subject, List<Located<T>> values, String remedy, Problems problems) {
        Map<T, Mark> first = new HashMap<>();
        for (Located<T> value : values) {
            Mark before = first.putIfAbsent(value.value(), value.mark());
            if (before != null) {
                problems.add(
                        value.mark(),
                        subject + ": " + Text.of(value.value()) + " is already in line " + before.line() + "; "
                                + remedy);
            }
        }
    }
}
