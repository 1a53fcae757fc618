package io.jenkins.plugins.baton.cluster.importer.text;

/**
 * A directive that has no counterpart in the cluster file.
 *
 * @param line 1-based
 * @param directive as it is written, on one line
 * @param reason why it is left out, and what does its work instead where something does
 */
public record NotCarriedOver(String file, int line, String directive, String reason) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + directive + ": " + reason;
    }
}
