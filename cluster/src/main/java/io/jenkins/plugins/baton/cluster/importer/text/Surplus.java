package io.jenkins.plugins.baton.cluster.importer.text;

/** Words behind a value, which keepalived does not read; often a line end is missing. */
public final class Surplus {
    private Surplus() {}

    /** @param most how many words are read, the name among them */
    public static void report(Directive line, int most, ImportNotes importNotes) {
        if (line.words().size() > most) {
            importNotes.notCarried(
                    line,
                    String.join(" ", line.words().subList(most, line.words().size()))
                            + ": keepalived does not read it behind a value; write it in a line of its own");
        }
    }
}
