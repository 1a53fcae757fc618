package io.jenkins.plugins.baton.agent.plane.proxy;

/** How a session ended, with HAProxy's two letters: who ended it, and in which phase. */
enum Termination {
    /** Both sides said goodbye. */
    NORMAL("--"),
    CLIENT_ABORTED_WHILE_CONNECTING("CC"),
    CLIENT_ABORTED("CD"),
    SERVER_ABORTED("SD"),
    /** No backend could be reached, or none is up. */
    NO_SERVER("SC"),
    CONNECT_TIMEOUT("sC"),
    /** Every backend that is up has as many connections as it may have. */
    SERVERS_FULL("PC"),
    /** This node is out of file descriptors, ports or memory. */
    RESOURCES("RC"),
    IDLE_TIMEOUT("cD"),
    /** The agent stopped. */
    SHUTDOWN("KD");

    private final String letters;

    Termination(String letters) {
        this.letters = letters;
    }

    String letters() {
        return letters;
    }
}
