package io.jenkins.plugins.baton.jmx;

/** The state of a virtual router on one node (RFC 9568 section 6.3, and FAULT as keepalived calls it). */
public enum State {
    /** Not started, or stopped. */
    INITIALIZE,
    /** Listens to the master, ready to take over; also while suspended. */
    BACKUP,
    /** Holds the addresses. */
    MASTER,
    /** Cannot hold the addresses: no interface, no own address, no way to be heard, or a check without weight fails. */
    FAULT;

    /** The state as a number for graphs: 0 INITIALIZE, 1 BACKUP, 2 MASTER, 3 FAULT. */
    public int code() {
        return ordinal();
    }
}
