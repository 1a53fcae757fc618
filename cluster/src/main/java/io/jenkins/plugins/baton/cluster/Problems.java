package io.jenkins.plugins.baton.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects every mistake of one file, so that a person hears of all of them in one run. */
public final class Problems {
    /** More than a person reads; a hostile file must not become a flood of output. */
    private static final int MAX_SHOWN = 100;

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    /** @param file its name in messages */
    public Problems(String file) {
        this.file = file;
    }

    public void add(Mark mark, String message) {
        found.add(new Problem(file, mark.line(), mark.column(), message));
    }

    public boolean none() {
        return found.isEmpty();
    }

    /** In the order of the file; when there are very many, the first hundred and how many more there are. */
    public List<Problem> inOrder() {
        List<Problem> sorted = found.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
        if (sorted.size() <= MAX_SHOWN) {
            return sorted;
        }
        List<Problem> first = new ArrayList<>(sorted.subList(0, MAX_SHOWN));
        Problem next = sorted.get(MAX_SHOWN);
        String more = "and " + (sorted.size() - MAX_SHOWN) + " more mistakes from here on; correct the first";
        first.add(new Problem(file, next.line(), next.column(), more));
        return first;
    }
}
