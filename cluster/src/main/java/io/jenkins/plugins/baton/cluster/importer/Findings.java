package io.jenkins.plugins.baton.cluster.importer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What an import leaves for a person to know. */
final class Findings {
    private final List<NotCarriedOver> notCarriedOver = new ArrayList<>();
    private final List<String> toFillIn = new ArrayList<>();

    void notCarried(Directive directive, String reason) {
        notCarriedOver.add(new NotCarriedOver(directive.file(), directive.line(), directive.shown(), reason));
    }

    /** The directive and all that it encloses. */
    void notCarriedWhole(Directive block, String reason) {
        notCarried(block, reason);
        block.children().forEach(child -> notCarriedWhole(child, reason));
    }

    void fillIn(String sentence) {
        toFillIn.add(sentence);
    }

    /** @param files in the order in which they were given */
    ImportResult with(String yaml, List<String> files) {
        List<NotCarriedOver> ordered = notCarriedOver.stream()
                .distinct()
                .sorted(Comparator.<NotCarriedOver>comparingInt(n -> files.indexOf(n.file()))
                        .thenComparingInt(NotCarriedOver::line))
                .toList();
        return new ImportResult(yaml, ordered, toFillIn.stream().distinct().toList());
    }
}
