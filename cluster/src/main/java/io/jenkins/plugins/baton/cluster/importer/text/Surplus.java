package io.jenkins.plugins.baton.cluster.importer.text;

/** Words behind a value, which are not read; often a line end is missing, or the braces of a block. */
public final class Surplus {
    private Surplus() {}

    /** @param most how many words are read, the name among them */
    public static void report(Directive line, int most, ImportNotes importNotes) {
        report(line, most, "keepalived does not read it behind a value; write it in a line of its own", importNotes);
    }

    /** Of a block, what it encloses is read only. */
    public static void reportBlock(Directive block, int most, ImportNotes importNotes) {
        report(block, most, "keepalived reads what stands in braces only; write it between { and }", importNotes);
    }

    /** Of a line that haproxy refuses for it. */
    public static void reportRefused(Directive line, int most, ImportNotes importNotes) {
        report(line, most, "haproxy refuses it behind a value; write it in a line of its own", importNotes);
    }

    private static void report(Directive line, int most, String why, ImportNotes importNotes) {
        if (line.words().size() > most) {
            importNotes.notCarried(
                    line,
                    String.join(" ", line.words().subList(most, line.words().size())) + ": " + why);
        }
    }
}
