package io.jenkins.plugins.baton.agent.plane;

import io.jenkins.plugins.baton.agent.health.CheckStatus;
import io.jenkins.plugins.baton.cluster.Backend;
import io.jenkins.plugins.baton.jmx.Health;

/**
 * What can be seen of a backend, and what an operator may change until the agent ends. Every method may be called from
 * any thread. Views of one backend are equal, also after a reload that keeps it.
 */
public interface BackendView {

    /** Name of the frontend it stands behind. */
    String frontend();

    /** As in the cluster file in use. */
    Backend configuration();

    /** What the checks say, made stricter by an operator's {@link #drain}. */
    BackendHealth healthNow();

    default Health health() {
        return healthNow().health();
    }

    /** What the checks alone say. */
    CheckStatus check();

    /** Share of new connections in use, 0..256. */
    int weight();

    /** Open now. */
    long sessions();

    long sessionsTotal();

    /** Bytes to the server. */
    long bytesIn();

    /** Bytes from the server. */
    long bytesOut();

    /** Attempts to connect that failed. */
    long connectErrors();

    /**
     * Takes no new connections, keeps the present ones; holds over a reload.
     *
     * @param reason who wants it and why, for log and notification
     */
    void drain(String reason);

    /** Whether {@link #drain} holds; {@link #health()} is DOWN all the same when the checks say so. */
    boolean drained();

    /**
     * Ends {@link #drain}.
     *
     * @param reason as above
     */
    void enable(String reason);

    /**
     * Changes the share of new connections until the next reload.
     *
     * @param weight 0..256; 0 gets no new connections
     * @throws IllegalArgumentException outside of that
     */
    void setWeight(int weight);

    default String name() {
        return configuration().name();
    }
}
