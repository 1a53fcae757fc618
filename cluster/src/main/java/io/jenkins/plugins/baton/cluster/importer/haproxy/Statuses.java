package io.jenkins.plugins.baton.cluster.importer.haproxy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The HTTP statuses that {@code http-check expect} takes for a success. */
final class Statuses {
    private static final int FIRST = 100;
    private static final int LAST = 599;
    /** What is logged and reported, and how much of the answer is waited for: the verdict is the same. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("min-recv", "comment", "on-success", "on-error", "error-status", "tout-status", "status-code");

    private static final String RANGE = "[0-9]{1,3}(-[0-9]{1,3})?";

    private Statuses() {}

    /**
     * @param words after {@code expect}: the negation, {@code status} or {@code rstatus}, and what it matches
     * @return empty when it does not look at the status, or no status would be a success
     */
    static Optional<BitSet> of(List<String> words) {
        boolean negated = false;
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals("!")) {
                negated = !negated;
            } else if (WITHOUT_EFFECT.contains(words.get(i))) {
                i++; // its argument
            } else {
                rest.add(words.get(i));
            }
        }
        if (rest.size() != 2) {
            return Optional.empty();
        }
        Optional<BitSet> statuses = switch (rest.get(0)) {
            case "status" -> listed(rest.get(1));
            case "rstatus" -> matching(rest.get(1));
            default -> Optional.empty();
        };
        if (negated) {
            statuses.ifPresent(set -> set.flip(FIRST, LAST + 1));
        }
        return statuses.filter(set -> !set.isEmpty());
    }

    private static Optional<BitSet> listed(String text) {
        BitSet set = new BitSet();
        for (String range : text.split(",")) {
            if (!range.matches(RANGE)) {
                return Optional.empty();
            }
            String[] ends = range.split("-");
            int from = Math.max(FIRST, Integer.parseInt(ends[0]));
            int to = Math.min(LAST, Integer.parseInt(ends[ends.length - 1]));
            if (from <= to) {
                set.set(from, to + 1);
            }
        }
        return Optional.of(set);
    }

    /** The pattern is looked for in the three digits (configuration manual, "http-check expect"). */
    private static Optional<BitSet> matching(String regex) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(regex.replace("[:digit:]", "0-9"));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
        BitSet set = new BitSet();
        for (int status = FIRST; status <= LAST; status++) {
            set.set(status, pattern.matcher(String.valueOf(status)).find());
        }
        return Optional.of(set);
    }

    /** As the cluster file writes it: a status, a range, or a list of such. */
    static String text(BitSet set) {
        List<String> ranges = new ArrayList<>();
        for (int from = set.nextSetBit(0); from >= 0; from = set.nextSetBit(set.nextClearBit(from))) {
            int to = set.nextClearBit(from) - 1;
            ranges.add(from == to ? String.valueOf(from) : from + "-" + to);
        }
        return ranges.size() == 1 ? ranges.get(0) : "[" + String.join(", ", ranges) + "]";
    }
}
