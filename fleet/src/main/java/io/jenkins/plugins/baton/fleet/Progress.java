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
}
