package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.health.Health;
import io.jenkins.plugins.baton.agent.linux.ConnectionTracking;
import io.jenkins.plugins.baton.agent.linux.LinuxException;
import io.jenkins.plugins.baton.agent.linux.Nftables;
import io.jenkins.plugins.baton.agent.linux.RuleTables;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.agent.plane.PlaneChoice;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.Node;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    /** No event tells of them, and reading them costs more than all else of a look. */
    private static final int LOOKS_FOR_PARAMETERS = 4;
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, KernelPlane::daemon);
    private final AtomicReference<CompletableFuture<Void>> next = new AtomicReference<>();
    private final Peers peers = new Peers();
    private final RulesKeeper keeper;
    private final Neighbourhood neighbourhood;
    private final Readings readings;
    private final Runnable changed;

    private volatile Assignment task;
    private volatile ClusterView view = ClusterView.NOTHING;
    private volatile Outlook outlook = new Outlook(Map.of(), Map.of());
    private volatile boolean leaving;
    private volatile long restored;
    /** Why the kernel refused the last change; empty: it did not. */
    private volatile String failure = "";

    private final Adoption adoption = new Adoption();

    // The rest belongs to the thread.
    private final Isolation isolation = new Isolation();
    private final Readiness readiness = new Readiness();
    private final FallenBackends fallen = new FallenBackends();
    private int looks;
    /** Frontends that the kernel serves, and not the proxy. */
    private Set<String> serving = Set.of();
    /** Whether there were rules that translate addresses: connections may be left. */
    private boolean translating;

    private KernelPlane(RulesKeeper keeper, Neighbourhood neighbourhood, Readings readings, Runnable changed) {
        this.keeper = keeper;
        this.neighbourhood = neighbourhood;
        this.readings = readings;
        this.changed = changed;
    }

    /** As {@link Lookout} has them, by the frontend's name. */
    private record Outlook(Map<String, String> detours, Map<String, String> remarks) {}

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "baton-rules");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * @param changed told when what {@link #counted} shows or {@link #offer} may have changed, on the plane's thread
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
            run(() -> {
                neighbourhood.look(task);
                if (before == null) {
                    adopt();
                } else {
                    put();
                }
            });
        } catch (IOException e) {
            task = before;
            throw e;
        }
        changed.run();
    }

    /** The rules of an earlier agent are as good as its knowledge was, which is better than ours at first. */
    private void adopt() throws IOException {
        Memory memory = keeper.memory();
        translating = Ruleset.translates(memory.structure());
        if (memory.structure().isEmpty()) {
            put();
            return;
        }
        adoption.begin(memory.peers(), System.nanoTime());
        memory.peers().forEach(peer -> peers.learn(peer, true, new Offer(names(), Set.of(), false)));
        serving = memory.peers().isEmpty() ? Set.of() : names();
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
        if (!adoption.assumed().stream().allMatch(neighbourhood::knows) || isSomebodyUnknown()) {
            neighbourhood.look(task);
        }
        Lookout lookout = lookout();
        ClusterView wanted = lookout.view();
        if (isAdopting() && keeper.hasStructureOf(wanted)) {
            return;
        }
        boolean tampered = keeper.isTamperedWith();
        boolean sameInterfaces = wanted.interfaces().equals(view.interfaces());
        if (!tampered && !keeper.hasStructureOf(wanted)) {
            readings.read(view, keeper.counters());
        }
        if (keeper.put(wanted, peers.withRules(), tampered)) {
            readings.restart();
        }
        view = wanted;
        if (tampered && sameInterfaces) { // else the kernel itself took away what was bound to an interface
            restored++;
            LOG.warn("somebody else changed or removed Baton's rules of nftables; they are back");
        }
        boolean recovered = !failure.isEmpty();
        failure = "";
        translating = wanted.translating();
        serving = wanted.frontends().stream()
                .filter(frontend -> !frontend.toProxy())
                .map(KernelFrontend::name)
                .collect(Collectors.toSet());
        Outlook now = new Outlook(lookout.detours(), lookout.remarks());
        if (recovered || !now.equals(outlook)) {
            outlook = now;
            changed.run();
        }
    }

    private Lookout lookout() {
        long now = System.nanoTime();
        boolean cutOff = isolation.isCutOff(task.cluster(), peers, now);
        return new Lookout(
                task, peers, neighbourhood.snapshot(), cutOff, readiness.of(task.dispatched(), now), serving,
                translating || !task.dispatched().isEmpty());
    }

    private boolean isSomebodyUnknown() {
        Set<String> wanted = task.cluster().tether().isPresent() ? peers.withRules() : peers.present();
        return !wanted.stream().allMatch(neighbourhood::knows);
    }

    /** While the checks have not said anything yet, the rules that are there know better. */
    private boolean isAdopting() {
        boolean knowing = task.dispatched().stream()
                .flatMap(frontend -> frontend.backends().stream())
                .noneMatch(backend -> backend.health() == Health.UNKNOWN);
        return !knowing && adoption.lasts(System.nanoTime());
    }

    /** Something about the interfaces or addresses of this host has changed. */
    public void hostChanged() {
        thread.execute(() -> {
            looks = 0;
            look();
        });
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
            if (looks++ % LOOKS_FOR_PARAMETERS == 0) {
                keepParameters();
            }
            abandonLost();
        } catch (Throwable e) { // what is thrown here would end the task without a word
            complain(e);
        }
    }

    private void keepParameters() throws IOException {
        if (keeper.keepParameters()) {
            restored++;
            LOG.warn("somebody else changed arp_ignore or arp_announce; they are as Baton needs them again");
        }
    }

    /** A peer that had rules and is not heard of may have connections still: it gets nothing new and stays in the ring. */
    private void doubtTheAssumed() {
        adoption.end(System.nanoTime())
                .forEach(peer -> peers.learn(peer, true, new Offer(Set.of(), names(), false)));
    }

    private void complain(Throwable e) {
        if (e instanceof IOException && haveInterfacesChanged()) {
            return; // meanwhile; the next look puts it right
        }
        String now = e instanceof IOException ? e.getMessage() : e.toString();
        if (!failure.equals(now)) {
            failure = String.valueOf(now);
            LOG.error("the rules of the kernel plane stay as they are: {}", failure);
            changed.run();
        }
    }

    private boolean haveInterfacesChanged() {
        Map<String, Integer> before = neighbourhood.snapshot().interfaces();
        try {
            neighbourhood.look(task);
        } catch (LinuxException e) {
            return false;
        }
        return !before.equals(neighbourhood.snapshot().interfaces());
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
        if (present && offer.isEmpty() && adoption.assumes(node)) {
            return CompletableFuture.completedFuture(null); // its host answers before its agent can have spoken
        }
        thread.execute(() -> adoption.heard(node));
        return peers.learn(node, present, Offer.parse(offer)) ? refresh() : CompletableFuture.completedFuture(null);
    }

    /** A backend is down: connections that this node and its pods have to it, on another node, would hang. */
    public void abandon(BackendView backend) {
        Assignment now = task;
        if (now != null && !backend.name().equals(now.self().name())) {
            thread.execute(() -> fallen.fell(backend, System.nanoTime()));
        }
    }

    private void abandonLost() throws IOException {
        for (BackendView backend : fallen.lost(System.nanoTime(), this::isLastResort)) {
            int forgotten = readings.forget(backend, view);
            LOG.debug("{} connections of this node to {} are given up", forgotten, backend.name());
        }
    }

    private boolean isLastResort(String frontend) {
        return view.frontends().stream().anyMatch(one -> one.name().equals(frontend) && one.lastResort());
    }

    /**
     * Who serves a frontend of the kernel plane now.
     *
     * @param reason why the kernel does, when it does
     */
    PlaneChoice choice(Frontend frontend, String reason) {
        Outlook now = outlook;
        String name = frontend.name();
        String detour = now.detours().get(name);
        if (detour != null) {
            return PlaneChoice.withoutKernel(frontend.leavesPortToServerOf(task.self()), detour);
        }
        String remark = now.remarks().get(name);
        String refused = failure;
        return new PlaneChoice(
                PlaneChoice.KERNEL,
                reason + (remark == null ? "" : "; " + remark)
                        + (refused.isEmpty() ? "" : "; its rules stay as they are: " + refused));
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
