package io.jenkins.plugins.baton.agent.plane;

import io.jenkins.plugins.baton.cluster.Frontend;
import java.time.Duration;
import java.util.List;

/** Moves the bytes of TCP frontends. Every method may be called from any thread. */
public interface DataPlane extends AutoCloseable {

    /**
     * Makes these the frontends: starts the new ones, changes those that are there without dropping a session, and
     * stops listening on those that are gone (their sessions go on until they end).
     *
     * @throws PlaneException when one of them cannot be served; then nothing has changed
     */
    void apply(List<Frontend> frontends) throws PlaneException;

    /** The frontends now served, in the order in which they were applied. */
    List<? extends FrontendView> frontends();

    /**
     * Stops listening, then waits until every session has ended.
     *
     * @param patience how long at most
     * @return how many sessions are still open
     */
    int drain(Duration patience) throws InterruptedException;

    /** Stops listening, resets the sessions that are still open, and releases every thread and socket. */
    @Override
    void close();
}
