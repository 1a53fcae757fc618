package io.jenkins.plugins.baton.agent.plane.proxy;

/** How a session ended, with HAProxy's two letters: who ended it, and in which phase. */
enum Termination {
    /** Both legs have ended their output. */
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
    /** Its client address has as many sessions as one may have. */
    SOURCE_LIMIT("PR"),
    /** There was no room for a new client, and no session had been idle for longer. */
    MADE_ROOM("RD"),
    IDLE_TIMEOUT("cD"),
    /** One side had ended its stream, and the other one said nothing for too long. */
    HALF_CLOSED_TIMEOUT("sD"),
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
