package io.jenkins.plugins.baton.agent.plane;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Moves the bytes of TCP frontends. Every method may be called from any thread. */
public interface DataPlane extends AutoCloseable {

    /** The frontends now served, in the order of the cluster file. */
    List<? extends FrontendView> frontends();

    /**
     * Says what is known of another node. Does not wait; of several calls for one node the last one counts.
     *
     * @param node its name in the cluster file
     * @param present whether its host is there, with or without an agent: a crashed agent's node goes on serving
     * @param capabilities what that node's {@link #capabilities()} was when its agent was last heard; empty: not since its host came
     * @return ends when new connections and those under way go by it; exceptionally when the kernel refused that
     */
    default CompletableFuture<Void> peer(String node, boolean present, String capabilities) {
        return CompletableFuture.completedFuture(null);
    }

    /** What this node does for the others when they hold the VIP, in words for their {@link #peer}; empty: nothing. */
    default String capabilities() {
        return "";
    }

    /** How often rules that somebody else had changed or removed were put back. */
    default long rulesRestored() {
        return 0;
    }

    /**
     * How many sessions end with this process but may go on for as long as that after it was told to end. New ones are
     * taken until {@link #close}: they come from this node itself, or from a client that has not heard of the move of the
     * address yet.
     *
     * @param told how long ago; zero: all of them
     */
    default long lingering(Duration told) {
        return 0;
    }

    /** Stops listening, resets the sessions that are still open, and releases every thread and socket. */
    @Override
    void close();
}
