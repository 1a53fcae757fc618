package io.jenkins.plugins.baton.cluster.file.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects every mistake of one file, so that a person hears of all of them in one run. */
public final class YamlProblems {
    /** More than a person reads; a hostile file must not become a flood of output. */
    private static final int MAX_SHOWN = 100;

    private final List<YamlProblem> found = new ArrayList<>();

    public void add(Mark mark, String message) {
        found.add(new YamlProblem(mark, message));
    }

    public boolean none() {
        return found.isEmpty();
    }

    /** In the order of the file; when there are very many, the first hundred and how many more there are. */
    public List<YamlProblem> inOrder() {
        List<YamlProblem> sorted = found.stream()
                .distinct()
                .sorted(Comparator.comparing(YamlProblem::mark))
                .toList();
        if (sorted.size() <= MAX_SHOWN) {
            return sorted;
        }
        List<YamlProblem> first = new ArrayList<>(sorted.subList(0, MAX_SHOWN));
        first.add(new YamlProblem(
                sorted.get(MAX_SHOWN).mark(),
                "and " + (sorted.size() - MAX_SHOWN) + " more mistakes from here on; correct the first"));
        return first;
    }
}
