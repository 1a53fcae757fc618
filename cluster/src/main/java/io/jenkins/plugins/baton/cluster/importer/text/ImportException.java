package io.jenkins.plugins.baton.cluster.importer.text;

import io.jenkins.plugins.baton.cluster.Problem;
import io.jenkins.plugins.baton.cluster.Problems;
import java.util.List;
import java.util.stream.Collectors;

/** The files cannot be imported at all: they are not what they should be, or refer to text that is elsewhere. */
public final class ImportException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<Problem> problems;

    private ImportException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** @throws ImportException with all of them, file by file as given, when there is at least one */
    public static void refuse(List<Problems> files) throws ImportException {
        List<Problem> all = files.stream()
                .flatMap(file -> file.inOrder().stream())
                .distinct()
                .toList();
        if (!all.isEmpty()) {
            throw new ImportException(all);
        }
    }

    static ImportException at(String file, int line, String message) {
        return new ImportException(List.of(new Problem(file, line, 1, message)));
    }

    public List<Problem> problems() {
        return problems;
    }
}
