package io.jenkins.plugins.baton.cluster.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects every mistake of one file, so that a person hears of all of them in one run. */
public final class Mistakes {
    /** More than a person reads; a hostile file must not become a flood of output. */
    private static final int MOST = 100;

    private final List<Mistake> found = new ArrayList<>();

    public void add(Mark mark, String message) {
        found.add(new Mistake(mark, message));
    }

    public boolean none() {
        return found.isEmpty();
    }

    /** In the order of the file; when there are very many, the first hundred and how many more there are. */
    public List<Mistake> inOrder() {
        List<Mistake> sorted = found.stream()
                .distinct()
                .sorted(Comparator.comparing(Mistake::mark))
                .toList();
        if (sorted.size() <= MOST) {
            return sorted;
        }
        List<Mistake> first = new ArrayList<>(sorted.subList(0, MOST));
        first.add(new Mistake(
                sorted.get(MOST).mark(),
                "and " + (sorted.size() - MOST) + " more mistakes from here on; correct the first"));
        return first;
    }
}
