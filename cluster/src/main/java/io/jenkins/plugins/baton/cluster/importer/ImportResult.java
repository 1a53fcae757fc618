package io.jenkins.plugins.baton.cluster.importer;

import io.jenkins.plugins.baton.cluster.importer.text.NotCarriedOver;
import java.util.List;

/**
 * @param yaml the cluster file, with comments where something was guessed
 * @param notCarriedOver every directive that is not in it, in the order of the files
 * @param toFillIn what the files did not tell and a person must look at, as sentences; empty when nothing was guessed
 */
public record ImportResult(String yaml, List<NotCarriedOver> notCarriedOver, List<String> toFillIn) {
    public ImportResult {
        notCarriedOver = List.copyOf(notCarriedOver);
        toFillIn = List.copyOf(toFillIn);
    }
}
