package io.jenkins.plugins.baton.cluster.importer;

import io.jenkins.plugins.baton.cluster.Problem;
import java.util.ArrayList;
import java.util.List;

/** The guides print files with {@code ${STATE}} and the like, to be replaced by hand. */
final class Placeholders {
    private Placeholders() {}

    static void refuse(List<Directive> directives) throws ImportException {
        List<Problem> found = new ArrayList<>();
        collect(directives, found);
        if (!found.isEmpty()) {
            throw new ImportException(found);
        }
    }

    private static void collect(List<Directive> directives, List<Problem> found) {
        for (Directive directive : directives) {
            directive.words().stream()
                    .filter(word -> word.contains("${"))
                    .forEach(word -> found.add(new Problem(
                            directive.file(),
                            directive.line(),
                            1,
                            directive.name() + ": " + word
                                    + " is still the guide's placeholder; put your value there")));
            collect(directive.children(), found);
        }
    }
}
