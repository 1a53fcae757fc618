package io.jenkins.plugins.baton.fleet;

/** Hears what happens while a command works. Called from several threads. */
@FunctionalInterface
public interface Progress {
    /** A hearer who does not care. */
    Progress SILENT = (node, line) -> {};

    /**
     * @param node the node's name; empty when it is about all of them
     * @param line one line for a person
     */
    void say(String node, String line);

    default void say(String line) {
        say("", line);
    }

    /** What is said, in one line of plain text. */
    static String text(String node, String line) {
        return node.isEmpty() ? line : node + ": " + line;
    }

    /**
     * How things stand from now on if whoever works here is lost: what is where, and what ends by itself and when.
     *
     * @param sentence takes the place of an earlier one; empty: as they should
     */
    default void ifLost(String sentence) {}

    /** As {@link #ifLost}, for what is about to begin: returns when it is told, or nobody takes it within seconds. */
    default void begin(String sentence) {
        ifLost(sentence);
    }
}
