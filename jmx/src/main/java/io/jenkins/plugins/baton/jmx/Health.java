package io.jenkins.plugins.baton.jmx;

/** What is believed of a server. */
public enum Health {
    /** Not checked yet. Backends are used until they are proved bad: an agent that starts must serve at once. */
    UNKNOWN(0),
    UP(1),
    /** Keeps the connections it has and gets no new ones. */
    DRAIN(2),
    DOWN(3);

    private final int code;

    Health(int code) {
        this.code = code;
    }

    /** A number for graphs, part of the management contract. */
    public int code() {
        return code;
    }
}
