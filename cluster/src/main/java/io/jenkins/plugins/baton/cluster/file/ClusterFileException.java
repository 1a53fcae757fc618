package io.jenkins.plugins.baton.cluster.file;

import io.jenkins.plugins.baton.cluster.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A cluster file cannot be used; carries every mistake that was found, in the order of the file. */
public final class ClusterFileException extends Exception {
    private final transient List<Problem> problems;

    public ClusterFileException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
