package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * All virtual routers of this node, run by one real-time thread.
 *
 * <p>Every method may be called from any thread; none waits for the network but {@link #close}. Commands are messages
 * to the real-time thread; the future they return is completed on the listener's thread, exceptionally with an
 * {@link IllegalStateException} whose message is a sentence when the command was refused or came to nothing.
 */
public final class VirtualRouters implements AutoCloseable {

    private VirtualRouters() {}

    /**
     * Opens the sockets, finds addresses that a previous run left, and starts the thread.
     *
     * @param self this node, one of {@code cluster}'s
     */
    public static VirtualRouters start(Cluster cluster, Node self, RouterListener listener) {
        if (!cluster.virtualRouters().isEmpty()) {
            throw new UnsupportedOperationException("not written yet");
        }
        return new VirtualRouters();
    }

    /** In the order of the cluster file. */
    public List<RouterSnapshot> snapshots() {
        return List.of();
    }

    public Optional<RouterSnapshot> snapshot(String router) {
        return snapshots().stream().filter(r -> r.name().equals(router)).findFirst();
    }

    /** How long ago the real-time thread last turned: once a second at least, also when it has nothing to do. */
    public Duration sinceLastTurn() {
        return Duration.ZERO;
    }

    public ThreadSnapshot thread() {
        return new ThreadSnapshot("not written yet", "not written yet", 0, 0);
    }

    /**
     * Tells a router what its tracked checks say now.
     *
     * @param adjustment sum of the weights that apply
     * @param fault why a check without weight rules this node out
     */
    public void tracked(String router, int adjustment, Optional<String> fault) {
        throw new UnsupportedOperationException("not written yet");
    }

    /**
     * Releases the addresses to the best of the others. They stay there until that node leaves or gets weaker, or
     * somebody hands over again, even when this node has the higher priority and preempts.
     */
    public CompletableFuture<Void> handOver(String router, String reason) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Gives the addresses to the named node; this node holds them until the other has taken over. */
    public CompletableFuture<Void> handOverTo(String router, String node, String reason) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Releases the addresses and stays out of elections until {@link #resume}. */
    public CompletableFuture<Void> suspend(String router, String reason) {
        throw new UnsupportedOperationException("not written yet");
    }

    public CompletableFuture<Void> resume(String router, String reason) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** The agent process of another node is known to have ended: whoever it was master of elects anew at once. */
    public void peerLost(String node) {
        throw new UnsupportedOperationException("not written yet");
    }

    /**
     * Goes on with another cluster file. Priority, intervals, preemption and the list of nodes change without the
     * addresses moving; a router whose VRID, version, interface, addresses or transport changed is stopped and started.
     */
    public CompletableFuture<Void> reload(Cluster cluster, Node self) {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * Says farewell on the wire (priority 0), takes the addresses off and ends the thread.
     *
     * @return whether that was done within {@code timeout}
     */
    public boolean stop(Duration timeout) {
        return true;
    }

    /** {@link #stop} within two seconds. */
    @Override
    public void close() {
        stop(Duration.ofSeconds(2));
    }
}
