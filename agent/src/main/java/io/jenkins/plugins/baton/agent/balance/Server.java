package io.jenkins.plugins.baton.agent.balance;

/** A server as a balancer sees it. What it says may change between two choices, on any thread. */
public interface Server {

    /** Names it for good: the same in every agent and over restarts, so that {@code source} chooses alike everywhere. */
    String name();

    /** Share of new connections, 0..256; 0 gets none. */
    int weight();

    /** What is known of it, from the best to the worst. A worse server is chosen only when no better one is left. */
    enum Standing {
        READY,
        /** It says itself that it is not ready, or it did not answer a moment ago. */
        DOUBTFUL,
        /** The checks say that it is down; but the checks may be wrong, and to refuse a client is surely wrong. */
        FAILING,
        /** An operator wants it to have no new connections: never chosen. */
        CLOSED
    }

    Standing standing();

    /** Whether it is used only while no other server is up. */
    boolean backup();

    /** Whether it has as many connections as it may have. */
    boolean full();

    /** Connections open now. */
    int connections();
}
