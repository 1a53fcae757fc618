package io.jenkins.plugins.baton.cluster.importer;

/** Words behind a value, which keepalived does not read; often a line end is missing. */
final class Surplus {
    private Surplus() {}

    /** @param most how many words are read, the name among them */
    static void report(Directive line, int most, ImportNotes importNotes) {
        if (line.words().size() > most) {
            importNotes.notCarried(
                    line,
                    String.join(" ", line.words().subList(most, line.words().size()))
                            + ": keepalived does not read it behind a value; write it in a line of its own");
        }
    }
}
