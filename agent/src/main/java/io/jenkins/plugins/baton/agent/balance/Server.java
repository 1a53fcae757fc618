package io.jenkins.plugins.baton.agent.balance;

/** A server as a balancer sees it. What it says may change between two choices, on any thread. */
public interface Server {

    /** Names it for good: the same in every agent and over restarts, so that {@code source} chooses alike everywhere. */
    String name();

    /** Share of new connections, 0..256; 0 gets none. */
    int weight();

    /** Whether it is healthy and not drained. */
    boolean takesNewConnections();

    /** Whether it is used only while no other server is up. */
    boolean backup();

    /** Whether it has as many connections as it may have. */
    boolean full();

    /** Connections open now. */
    int connections();
}
