package io.jenkins.plugins.baton.cluster.importer;

import io.jenkins.plugins.baton.cluster.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** The files cannot be imported at all: they are not what they should be, or refer to text that is elsewhere. */
public final class ImportException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<Problem> problems;

    ImportException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    static ImportException at(String file, int line, String message) {
        return new ImportException(List.of(new Problem(file, line, 1, message)));
    }

    public List<Problem> problems() {
        return problems;
    }
}
