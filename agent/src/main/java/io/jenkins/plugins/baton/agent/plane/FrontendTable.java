package io.jenkins.plugins.baton.agent.plane;

import java.time.Duration;
import java.util.List;

/** The TCP frontends of this node, and who moves their bytes. Every method may be called from any thread. */
public interface FrontendTable extends AutoCloseable {

    /** The frontends now served, in the order of the cluster file. */
    List<? extends FrontendView> frontends();

    /**
     * How many sessions end with this process but may go on for as long as that after it was told to end. New ones are
     * taken until {@link #close}: they come from this node itself, or from a client that has not heard of the move of the
     * address yet.
     *
     * @param told how long ago; zero: all of them
     */
    long lingering(Duration told);

    /**
     * Ends some of these sessions when their time is nearly over, so that not all their clients come to the next node in the
     * same moment. To be called again and again.
     *
     * @param told how long ago this process was told to end
     * @param interval to the next call
     * @return how many
     */
    long thinOut(Duration told, Duration interval);

    /** Stops listening, resets the sessions that are still open, and releases every thread and socket. */
    @Override
    void close();
}
