package io.jenkins.plugins.baton.jenkins.overview;

import io.jenkins.plugins.baton.jenkins.Messages;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Which clusters are shown. */
public enum Show {
    ALL(row -> true, Messages::Show_all),
    UNSTEADY(ClusterRow::isUnsteady, Messages::Show_unsteady),
    FAILED(ClusterRow::isFailed, Messages::Show_failed),
    OVERDUE(row -> row.getOverdue() > 0, Messages::Show_overdue);

    private final Predicate<ClusterRow> condition;
    private final Supplier<String> label;

    Show(Predicate<ClusterRow> condition, Supplier<String> label) {
        this.condition = condition;
        this.label = label;
    }

    /** As an address names it. */
    public String getWord() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In the reader's language. */
    public String getLabel() {
        return label.get();
    }

    boolean includes(ClusterRow row) {
        return condition.test(row);
    }

    /** {@link #ALL} for what is none. */
    static Show of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.getWord().equals(word))
                .findFirst()
                .orElse(ALL);
    }
}
