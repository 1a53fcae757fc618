package io.jenkins.plugins.baton.cluster.importer;

import io.jenkins.plugins.baton.cluster.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects why files cannot be imported, so that one run names everything. */
final class Problems {
    private final List<Problem> problems = new ArrayList<>();

    void add(String file, int line, int column, String message) {
        problems.add(new Problem(file, line, column, message));
    }

    void add(Directive directive, String message) {
        add(directive.file(), directive.line(), directive.column(), message);
    }

    boolean areIn(String file) {
        return problems.stream().anyMatch(problem -> problem.file().equals(file));
    }

    /** @throws ImportException with all of them, file by file in the order given, when there is at least one */
    void refuse(List<String> files) throws ImportException {
        if (!problems.isEmpty()) {
            throw new ImportException(problems.stream()
                    .distinct()
                    .sorted(Comparator.<Problem>comparingInt(p -> files.indexOf(p.file()))
                            .thenComparingInt(Problem::line)
                            .thenComparingInt(Problem::column))
                    .toList());
        }
    }
}
