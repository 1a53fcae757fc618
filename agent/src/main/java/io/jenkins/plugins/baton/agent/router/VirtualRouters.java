package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.router.lateness.ThreadSnapshot;
import io.jenkins.plugins.baton.agent.router.notice.VipTransitionListener;
import io.jenkins.plugins.baton.agent.vrrp.Event;
import io.jenkins.plugins.baton.agent.vrrp.Peer;
import io.jenkins.plugins.baton.agent.vrrp.Statement;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Node;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;

/**
 * All virtual routers of this node, run by one real-time thread.
 *
 * <p>Every method may be called from any thread; none waits for the network but {@link #close}. Commands are messages
 * to the real-time thread; the future they return is completed exceptionally with an {@link OperationRefusedException}
 * whose message is a sentence when the command was refused or came to nothing.
 */
public final class VirtualRouters implements AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final RouterListener listener;
    private final VipTransitionListener vipListener;
    /** Absent until the cluster file has a virtual router: without one no capability is needed. */
    private volatile Optional<RouterThread> thread = Optional.empty();

    private volatile boolean stopped;
    /** Kept here as well: the first router may come with a reload. */
    private volatile boolean prepared = true;
    /** The same: a router that begins must not take the addresses first. */
    private volatile Optional<String> asideFor = Optional.empty();
    /** The same; guarded by this. */
    private final Set<String> agents = new HashSet<>();
    /** The same. */
    private PeerLinks links = PeerLinks.NONE;

    private VirtualRouters(RouterListener listener, VipTransitionListener vipListener, Optional<String> asideFor) {
        this.listener = listener;
        this.vipListener = vipListener;
        this.asideFor = asideFor;
    }

    /**
     * Opens the sockets, finds addresses that a previous run left, and starts the thread. A router whose interface does
     * not exist is in FAULT until it does.
     *
     * @param self this node, one of {@code cluster}'s
     * @param vipListener told what a data plane must know in time
     * @param asideFor why they stand aside from the beginning, as by {@link #standAside}; empty: they do not
     * @throws LinuxException without CAP_NET_RAW or CAP_NET_ADMIN, or when the kernel refuses something else
     * @throws OperationRefusedException when the thread fails meanwhile
     */
    public static VirtualRouters start(
            Cluster cluster,
            Node self,
            RouterListener listener,
            VipTransitionListener vipListener,
            Optional<String> asideFor)
            throws LinuxException, OperationRefusedException {
        VirtualRouters routers = new VirtualRouters(listener, vipListener, asideFor);
        try {
            routers.reload(cluster, self).join();
            return routers;
        } catch (CompletionException e) {
            routers.close();
            if (e.getCause() instanceof LinuxException refused) {
                throw refused;
            }
            if (e.getCause() instanceof OperationRefusedException refused) {
                throw refused;
            }
            throw e;
        }
    }

    /** In the order of the cluster file. */
    public List<RouterSnapshot> snapshots() {
        return thread.map(loop -> loop.routers().snapshots()).orElse(List.of());
    }

    /** The nodes of which neither an advert nor an answer to ARP or neighbour discovery is heard. */
    public List<String> unreachableHosts() {
        return thread.map(loop -> loop.hosts().unreachable()).orElse(List.of());
    }

    public Optional<RouterSnapshot> snapshot(String router) {
        return snapshots().stream().filter(r -> r.name().equals(router)).findFirst();
    }

    public ThreadSnapshot thread() {
        return thread.map(t -> t.timerAccuracy().snapshot())
                .orElse(new ThreadSnapshot("not needed: no virtual routers", "not needed: no virtual routers", 0, 0));
    }

    /**
     * How long ago the real-time thread last turned: it does once a second at least, also when nothing happens. Zero
     * once it was stopped.
     */
    public Duration sinceLastTurn() {
        return stopped
                ? Duration.ZERO
                : thread.map(t -> t.timerAccuracy().sinceLastTurn()).orElse(Duration.ZERO);
    }

    /**
     * Tells a router what its tracked checks say now.
     *
     * @param adjustment sum of the weights that apply
     * @param fault why a check without weight rules this node out
     */
    public void tracked(String router, int adjustment, Optional<String> fault) {
        thread.ifPresent(loop -> loop.post(
                t -> t.routers().router(router).ifPresent(r -> r.track(new Event.Tracked(adjustment, fault)))));
    }

    /**
     * Tells all routers whether this node could serve clients now, for instance whether any backend is up. One that could
     * not does not preempt a working master, whatever its priority; from a dead one it takes over all the same.
     */
    public void prepared(boolean yes) {
        prepared = yes;
        thread.ifPresent(loop -> loop.post(t -> t.routers().handle(new Event.Prepared(yes))));
    }

    /**
     * Gives the addresses to the best of the others that is able; this node holds them until that one has them. They stay
     * there until that node leaves or gets weaker, or somebody hands over again, even when this node has the higher
     * priority and preempts. The future ends when another has taken over.
     */
    public CompletableFuture<Void> handOver(String router, String reason) {
        return command(router, (running, outcome) -> running.handOver(new Event.HandOver(reason), outcome));
    }

    /**
     * Gives the addresses to the named node, which then advertises the highest priority; this node holds them until it
     * has heard the other take over. For a node that the cluster file does not have it fails with bad input.
     */
    public CompletableFuture<Void> handOverTo(String router, String node, String reason) {
        return command(router, (running, outcome) -> {
            Optional<Peer> target = running.peer(node);
            if (target.isPresent()) {
                running.handOver(new Event.HandOverTo(target.get(), reason), outcome);
            } else {
                outcome.completeExceptionally(
                        OperationRefusedException.badInput("there is no other node " + node + " to hand over to"));
            }
        });
    }

    /**
     * Gives the addresses away, to another node if one takes them, and stays out of elections until {@link #resume}. The
     * future ends when they are given away.
     */
    public CompletableFuture<Void> suspend(String router, String reason) {
        Event.Suspend order = new Event.Suspend(Objects.requireNonNull(reason));
        return command(router, (running, outcome) -> running.suspend(order, outcome));
    }

    public CompletableFuture<Void> resume(String router, String reason) {
        return command(router, (running, outcome) -> {
            running.handle(new Event.Resume(reason));
            outcome.complete(null);
        });
    }

    /**
     * Suspends all routers, also those that a reload brings, or resumes them. Does not wait until the addresses are given
     * away.
     *
     * @param why for the state's reason; empty: they resume
     */
    public void standAside(Optional<String> why) {
        asideFor = why;
        Event event = why.<Event>map(Event.Suspend::new).orElseGet(() -> new Event.Resume("no longer aside"));
        thread.ifPresent(loop -> loop.post(t -> t.routers().handle(event)));
    }

    private CompletableFuture<Void> command(String name, BiConsumer<RunningRouter, CompletableFuture<Void>> order) {
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        OperationRefusedException unknown = OperationRefusedException.failed("there is no virtual router " + name);
        thread.ifPresentOrElse(
                loop -> loop.order(
                        outcome,
                        t -> t.routers()
                                .router(name)
                                .ifPresentOrElse(
                                        router -> order.accept(router, outcome),
                                        () -> outcome.completeExceptionally(unknown))),
                () -> outcome.completeExceptionally(unknown));
        return outcome;
    }

    /** The agent process of another node is known to run, or is not known to run any more. */
    public synchronized void agentRuns(String node, boolean runs) {
        if (runs) {
            agents.add(node);
        } else {
            agents.remove(node);
        }
        thread.ifPresent(loop -> loop.post(t -> t.agentRuns(node, runs)));
    }

    /** From now on the other agents hear by these links what the routers do. */
    public synchronized void connect(PeerLinks peerLinks) {
        links = peerLinks;
        thread.ifPresent(loop -> loop.post(t -> t.sendBy(peerLinks)));
    }

    /**
     * The agent of another node said over its peer link what its routers do.
     *
     * @param statements as {@link PeerLinks#state} had it there
     * @param answer whether it was asked
     */
    public void stated(String node, String statements, boolean answer) {
        thread.ifPresent(loop -> loop.post(t -> t.routers().stated(node, Statement.parse(statements), answer)));
    }

    /** The agent of another node asks over its peer link what the routers do. */
    public void asked(String node) {
        thread.ifPresent(loop -> loop.post(t -> t.answer(node)));
    }

    /** The agent process of another node is known to have ended: whoever it was master of elects anew at once. */
    public void peerLost(String node) {
        thread.ifPresent(loop -> loop.post(t -> t.routers().peerLost(node)));
    }

    /**
     * Goes on with another cluster file. Priority, intervals, preemption and the list of nodes change without the
     * addresses moving; a router whose VRID, version, interface, addresses or transport changed is stopped and started.
     * The future fails with a {@link LinuxException} when the kernel refuses a socket, and with an
     * {@link OperationRefusedException} when the thread has ended, or fails meanwhile.
     */
    public synchronized CompletableFuture<Void> reload(Cluster cluster, Node self) {
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        try {
            if (thread.isEmpty() && !cluster.virtualRouters().isEmpty()) {
                RouterThread first = RouterThread.start(listener, vipListener);
                agents.forEach(node -> first.post(t -> t.agentRuns(node, true)));
                first.post(t -> t.sendBy(links));
                thread = Optional.of(first);
            }
        } catch (LinuxException e) {
            outcome.completeExceptionally(e);
            return outcome;
        }
        thread.ifPresentOrElse(
                loop -> loop.order(
                        outcome,
                        t -> AwaitedOrders.perform(
                                outcome,
                                () -> t.routers().load(cluster, self, new RouterSet.Bearing(prepared, asideFor)))),
                () -> outcome.complete(null));
        return outcome;
    }

    /**
     * Gives the addresses to another node if one takes them soon, takes them off, sends an advert of priority 0
     * and ends the thread.
     *
     * @return whether that was done within {@code timeout}
     */
    public boolean stop(Duration timeout) {
        stopped = thread.map(t -> t.stop(timeout)).orElse(true);
        return stopped;
    }

    /** {@link #stop} within two seconds. */
    @Override
    public void close() {
        stop(CLOSE_TIMEOUT);
    }
}
