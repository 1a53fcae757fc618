package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.health.Health;
import io.jenkins.plugins.baton.agent.linux.ConnectionTracking;
import io.jenkins.plugins.baton.agent.linux.Nftables;
import io.jenkins.plugins.baton.agent.linux.RuleTables;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.Node;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel plane: keeps the rules of this node in step with the cluster file, the health of backends and the presence
 * of other nodes. One thread does it, one transaction after the other; changes that come meanwhile go into the next
 * one. Closing it leaves the rules as they are: connections go on, and the next agent adopts them.
 *
 * <p>Every method may be called from any thread.
 */
public final class KernelPlane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("baton");
    private static final long LOOK_MILLIS = 500;
    /** How long an agent that finds rules of an earlier one leaves them alone until it knows enough to do better. */
    private static final Duration ADOPTION = Duration.ofSeconds(3);

    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, KernelPlane::daemon);
    private final AtomicReference<CompletableFuture<Void>> next = new AtomicReference<>();
    private final Peers peers = new Peers();
    private final RulesKeeper keeper;
    private final Neighbourhood neighbourhood;
    private final Readings readings;
    private final Runnable changed;

    private volatile Assignment task;
    private volatile ClusterView view = new ClusterView(List.of(), false, List.of());
    private volatile Map<String, String> detours = Map.of();
    private volatile boolean leaving;
    private volatile long restored;

    /** Nodes that had rules when this agent came, and have not said anything yet; changed by the thread alone. */
    private volatile Set<String> assumed = Set.of();

    // The rest belongs to the thread.
    private final Isolation isolation = new Isolation();
    private long adoptedNanos;
    private String failure = "";

    private KernelPlane(RulesKeeper keeper, Neighbourhood neighbourhood, Readings readings, Runnable changed) {
        this.keeper = keeper;
        this.neighbourhood = neighbourhood;
        this.readings = readings;
        this.changed = changed;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "baton-rules");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * @param changed told when {@link #detour} or {@link #offer} may have changed, on the plane's thread
     * @throws IOException when this host can have no rules, see {@link Ability}
     */
    public static KernelPlane open(Runnable changed) throws IOException {
        RulesKeeper keeper = RulesKeeper.open();
        Neighbourhood neighbourhood = null;
        KernelPlane plane;
        try {
            neighbourhood = Neighbourhood.open();
            plane = new KernelPlane(keeper, neighbourhood, new Readings(ConnectionTracking.open()), changed);
        } catch (IOException e) {
            if (neighbourhood != null) {
                neighbourhood.close();
            }
            keeper.close();
            throw e;
        }
        plane.thread.prestartAllCoreThreads(); // in the network namespace of who opens it
        plane.thread.scheduleWithFixedDelay(plane::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return plane;
    }

    /**
     * Takes away what a plane left in the network namespace; connections that its rules serve break.
     *
     * @return whether there was anything
     * @throws IOException without the privilege, or when a table of the same name is somebody else's
     */
    public static boolean uninstall() throws IOException {
        if (!Nftables.isInstalled()) {
            try (RuleTables tables = RuleTables.open()) {
                return Footprint.removeWithoutLibrary(tables);
            }
        }
        try (Nftables nftables = Nftables.open()) {
            return new Footprint(nftables).remove();
        }
    }

    /**
     * Makes this what the rules are about.
     *
     * @param dispatched frontends that the rules serve, as the proxy has them: with their checks and operators' orders
     * @param proxied frontends that the proxy serves, which have the ring alone
     * @throws IOException when the kernel refuses; then the rules are as they were
     */
    public void apply(Cluster cluster, Node self, List<FrontendView> dispatched, List<Frontend> proxied)
            throws IOException {
        Assignment before = task;
        task = new Assignment(cluster, self, dispatched, proxied);
        try {
            run(before == null ? this::adopt : this::put);
        } catch (IOException e) {
            task = before;
            throw e;
        }
        changed.run();
    }

    /** The rules of an earlier agent are as good as its knowledge was, which is better than ours at first. */
    private void adopt() throws IOException {
        Memory memory = keeper.memory();
        if (memory.structure().isEmpty()) {
            put();
            return;
        }
        assumed = memory.peers();
        assumed.forEach(peer -> peers.learn(peer, true, new Offer(names(), Set.of(), false)));
        adoptedNanos = System.nanoTime();
        neighbourhood.look(task);
        ClusterView wanted = lookout().view();
        if (keeper.hasStructureOf(wanted)) {
            view = wanted;
            LOG.info("the rules of the kernel plane are there and stay");
        } else {
            put();
        }
    }

    private Set<String> names() {
        return task.cluster().frontends().stream().map(Frontend::name).collect(Collectors.toSet());
    }

    /** One transaction for all that has changed. */
    private void put() throws IOException {
        if (task == null) {
            return;
        }
        if (assumed.stream().anyMatch(peer -> !neighbourhood.macs().containsKey(peer)) || isSomebodyUnknown()) {
            neighbourhood.look(task);
        }
        Lookout lookout = lookout();
        ClusterView wanted = lookout.view();
        if (isAdopting() && keeper.hasStructureOf(wanted)) {
            return;
        }
        boolean tampered = keeper.isTamperedWith();
        if (!tampered && !keeper.hasStructureOf(wanted)) {
            readings.read(view, keeper.counters());
        }
        if (keeper.put(wanted, peers.withRules(), tampered)) {
            readings.restart();
        }
        view = wanted;
        if (tampered) {
            restored++;
            LOG.warn("somebody else changed or removed Baton's rules of nftables; they are back");
        }
        failure = "";
        if (!lookout.detours().equals(detours)) {
            detours = lookout.detours();
            changed.run();
        }
    }

    private Lookout lookout() {
        boolean cutOff = isolation.isCutOff(task.cluster(), peers, System.nanoTime());
        return new Lookout(task, peers, neighbourhood.macs(), cutOff);
    }

    private boolean isSomebodyUnknown() {
        Set<String> wanted = task.cluster().tether().isPresent() ? peers.withRules() : peers.present();
        return wanted.stream().anyMatch(peer -> !neighbourhood.macs().containsKey(peer));
    }

    /** While the checks have not said anything yet, the rules that are there know better. */
    private boolean isAdopting() {
        boolean knowing = task.dispatched().stream()
                .flatMap(frontend -> frontend.backends().stream())
                .noneMatch(backend -> backend.health() == Health.UNKNOWN);
        return !assumed.isEmpty() && !knowing && System.nanoTime() - adoptedNanos < ADOPTION.toNanos();
    }

    /** Some times a second. */
    private void look() {
        try {
            if (task == null) {
                return;
            }
            doubtTheAssumed();
            neighbourhood.look(task);
            if (isSomebodyUnknown()) {
                neighbourhood.ask(task);
            }
            put();
        } catch (Throwable e) { // what is thrown here would end the task without a word
            complain(e);
        }
    }

    /** A peer that had rules and is not heard of may have connections still: it gets nothing new and stays in the ring. */
    private void doubtTheAssumed() {
        if (!assumed.isEmpty() && System.nanoTime() - adoptedNanos > ADOPTION.toNanos()) {
            assumed.forEach(peer -> peers.learn(peer, true, new Offer(Set.of(), names(), false)));
            assumed = Set.of();
        }
    }

    private void complain(Throwable e) {
        String now = e instanceof IOException ? e.getMessage() : e.toString();
        if (!failure.equals(now)) {
            failure = String.valueOf(now);
            LOG.error("the rules of the kernel plane stay as they are: {}", failure);
        }
    }

    /** Something that the rules depend on has changed: the health of a backend, its weight. */
    public CompletableFuture<Void> refresh() {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> waiting = next.compareAndExchange(null, mine);
        if (waiting != null) {
            return waiting; // it has not begun yet
        }
        thread.execute(() -> {
            next.set(null);
            try {
                put();
                mine.complete(null);
            } catch (Throwable e) {
                complain(e);
                mine.completeExceptionally(e);
            }
        });
        return mine;
    }

    /** As {@link io.jenkins.plugins.baton.agent.plane.DataPlane#peer}. */
    public CompletableFuture<Void> peer(String node, boolean present, String offer) {
        if (present && offer.isEmpty() && assumed.contains(node)) {
            return CompletableFuture.completedFuture(null); // its host answers before its agent can have spoken
        }
        thread.execute(() -> {
            if (assumed.contains(node)) {
                assumed = assumed.stream().filter(other -> !other.equals(node)).collect(Collectors.toSet());
            }
        });
        return peers.learn(node, present, Offer.parse(offer)) ? refresh() : CompletableFuture.completedFuture(null);
    }

    /** A backend on another node is down: connections that this node and its pods have to it would hang. */
    public void abandon(BackendView backend) {
        Assignment now = task;
        if (now == null || backend.name().equals(now.self().name())) {
            return;
        }
        thread.execute(() -> {
            try {
                int forgotten = readings.forget(backend, view);
                LOG.debug("{} connections of this node to {} are given up", forgotten, backend.name());
            } catch (IOException e) {
                complain(e);
            }
        });
    }

    /** Why the proxy serves a frontend of the kernel plane for now; empty: the kernel does. */
    public Optional<String> detour(String frontend) {
        return Optional.ofNullable(detours.get(frontend));
    }

    /** What this node does for the others, for their {@link #peer}; empty when nothing. */
    public String offer() {
        Assignment now = task;
        if (now == null) {
            return "";
        }
        return new Offer(
                        now.dispatched().stream().map(FrontendView::name).collect(Collectors.toSet()),
                        now.proxied().stream().map(Frontend::name).collect(Collectors.toSet()),
                        leaving)
                .text();
    }

    /** From now on the others send nothing new here. */
    public void leave() {
        leaving = true;
        changed.run();
    }

    /** How often the rules of a stranger were put right. */
    public long restored() {
        return restored;
    }

    /**
     * A frontend as the proxy sees it, with what the kernel has done for it besides.
     *
     * @param reason why the kernel serves it
     */
    public FrontendView counted(FrontendView proxied, String reason) {
        return new CountedFrontend(proxied, reason, this);
    }

    /** What has been counted, not older than half a second unless the plane is busy. */
    Readings readings() {
        if (readings.areOld()) {
            try {
                String counted = thread.submit(keeper::counters).get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
                readings.read(view, counted);
            } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
                LOG.debug("the counters of nftables cannot be read: {}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return readings;
    }

    /** The rules stay. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        readings.close();
        neighbourhood.close();
        keeper.close();
    }

    private interface Task {
        void run() throws IOException;
    }

    /** Runs on the plane's thread, and waits. */
    private void run(Task task) throws IOException {
        try {
            thread.submit(() -> {
                task.run();
                return null;
            }).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the rules were made");
        }
    }
}
