package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netfilter.ConnectionTracking;
import io.jenkins.plugins.baton.agent.linux.netfilter.Nftables;
import io.jenkins.plugins.baton.agent.linux.netfilter.RuleTables;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.agent.plane.PlaneChoice;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.ClusterView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.KernelFrontend;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.PersistedState;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Ruleset;
import io.jenkins.plugins.baton.agent.plane.kernel.statistics.TrafficStatistics;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.jmx.Health;
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
    private static final long CHECK_INTERVAL_MILLIS = 500;
    /** No event tells of them, and reading them costs more than all else of a look. */
    private static final int CHECKS_PER_PARAMETER_CHECK = 4;

    private static final Duration RULES_TIMEOUT = Duration.ofSeconds(5);

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, KernelPlane::daemon);
    private final AtomicReference<CompletableFuture<Void>> next = new AtomicReference<>();
    private final Peers peers = new Peers();
    private final RulesetReconciler reconciler;
    private final NeighbourTable neighbours;
    private final TrafficStatistics statistics;
    private final Runnable changed;

    private volatile DesiredState task;
    private volatile ClusterView view = ClusterView.NOTHING;
    private volatile Remarks shown = new Remarks(Map.of(), Map.of());
    private volatile boolean leaving;
    private volatile long restored;
    /** Why the kernel refused the last change; empty: it did not. */
    private volatile String failure = "";

    private final Adoption adoption = new Adoption();

    // The rest belongs to the thread.
    private final MinorityDetector minority = new MinorityDetector();
    private final Readiness readiness = new Readiness();
    private final FailedBackends failed = new FailedBackends();
    private int checksDone;
    /** Frontends that the kernel serves, and not the proxy. */
    private Set<String> serving = Set.of();
    /** Whether there were rules that translate addresses: connections may be left. */
    private boolean translating;

    private KernelPlane(
            RulesetReconciler reconciler, NeighbourTable neighbours, TrafficStatistics statistics, Runnable changed) {
        this.reconciler = reconciler;
        this.neighbours = neighbours;
        this.statistics = statistics;
        this.changed = changed;
    }

    /** As {@link ClusterViewBuilder} has them, by the frontend's name. */
    private record Remarks(Map<String, String> proxyFallbacks, Map<String, String> remarks) {}

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "baton-rules");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * @param changed told when what {@link #counted} shows or {@link #capabilities} may have changed, on the plane's thread
     * @throws IOException when this host can have no rules, see {@link HostSupport}
     */
    public static KernelPlane open(Runnable changed) throws IOException {
        RulesetReconciler reconciler = RulesetReconciler.open();
        NeighbourTable neighbours = null;
        KernelPlane plane;
        try {
            neighbours = NeighbourTable.open();
            plane = new KernelPlane(reconciler, neighbours, new TrafficStatistics(ConnectionTracking.open()), changed);
        } catch (IOException e) {
            if (neighbours != null) {
                neighbours.close();
            }
            reconciler.close();
            throw e;
        }
        plane.thread.prestartAllCoreThreads(); // in the network namespace of who opens it
        plane.thread.scheduleWithFixedDelay(
                plane::look, CHECK_INTERVAL_MILLIS, CHECK_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
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
                return InstalledRules.removeWithoutLibrary(tables);
            }
        }
        try (Nftables nftables = Nftables.open()) {
            return new InstalledRules(nftables).remove();
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
        DesiredState before = task;
        task = new DesiredState(cluster, self, dispatched, proxied);
        try {
            run(() -> {
                neighbours.look(task);
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
        PersistedState persisted = reconciler.persisted();
        translating = Ruleset.translates(persisted.structure());
        if (persisted.structure().isEmpty()) {
            put();
            return;
        }
        adoption.begin(persisted.peers(), System.nanoTime());
        persisted.peers().forEach(peer -> peers.learn(peer, true, new PeerCapabilities(names(), Set.of(), false)));
        serving = persisted.peers().isEmpty() ? Set.of() : names();
        ClusterView wanted = viewBuilder().view();
        if (reconciler.hasStructureOf(wanted)) {
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
        if (!adoption.assumed().stream().allMatch(neighbours::knows) || isSomebodyUnknown()) {
            neighbours.look(task);
        }
        ClusterViewBuilder viewBuilder = viewBuilder();
        ClusterView wanted = viewBuilder.view();
        if (isAdopting() && reconciler.hasStructureOf(wanted)) {
            return;
        }
        boolean tampered = reconciler.isTamperedWith();
        boolean sameInterfaces = wanted.interfaces().equals(view.interfaces());
        if (!tampered && !reconciler.hasStructureOf(wanted)) {
            statistics.read(view, reconciler.counters());
        }
        if (reconciler.put(wanted, peers.withRules(), tampered)) {
            statistics.restart();
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
        Remarks now = new Remarks(viewBuilder.proxyFallbacks(), viewBuilder.remarks());
        if (recovered || !now.equals(shown)) {
            shown = now;
            changed.run();
        }
    }

    private ClusterViewBuilder viewBuilder() {
        long now = System.nanoTime();
        boolean cutOff = minority.isCutOff(task.cluster(), peers, now);
        return new ClusterViewBuilder(
                task,
                peers,
                neighbours.snapshot(),
                cutOff,
                readiness.of(task.dispatched(), now),
                serving,
                translating || !task.dispatched().isEmpty());
    }

    private boolean isSomebodyUnknown() {
        Set<String> wanted = task.cluster().peerLink().isPresent() ? peers.withRules() : peers.present();
        return !wanted.stream().allMatch(neighbours::knows);
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
            checksDone = 0;
            look();
        });
    }

    /** Some times a second. */
    private void look() {
        try {
            if (task == null) {
                return;
            }
            expireAssumedPeers();
            neighbours.look(task);
            if (isSomebodyUnknown()) {
                neighbours.ask(task);
            }
            put();
            if (checksDone++ % CHECKS_PER_PARAMETER_CHECK == 0) {
                keepParameters();
            }
            abandonLost();
        } catch (Throwable e) { // what is thrown here would end the task without a word
            logFailure(e);
        }
    }

    private void keepParameters() throws IOException {
        if (reconciler.keepParameters()) {
            restored++;
            LOG.warn("somebody else changed arp_ignore or arp_announce; they are as Baton needs them again");
        }
    }

    /** A peer that had rules and is not heard of may have connections still: it gets nothing new and stays in the ring. */
    private void expireAssumedPeers() {
        adoption.end(System.nanoTime())
                .forEach(peer -> peers.learn(peer, true, new PeerCapabilities(Set.of(), names(), false)));
    }

    private void logFailure(Throwable e) {
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
        Map<String, Integer> before = neighbours.snapshot().interfaces();
        try {
            neighbours.look(task);
        } catch (LinuxException e) {
            return false;
        }
        return !before.equals(neighbours.snapshot().interfaces());
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
                logFailure(e);
                mine.completeExceptionally(e);
            }
        });
        return mine;
    }

    /** As {@link io.jenkins.plugins.baton.agent.plane.DataPlane#peer}. */
    public CompletableFuture<Void> peer(String node, boolean present, String capabilities) {
        if (present && capabilities.isEmpty() && adoption.assumes(node)) {
            return CompletableFuture.completedFuture(null); // its host answers before its agent can have spoken
        }
        thread.execute(() -> adoption.heard(node));
        return peers.learn(node, present, PeerCapabilities.parse(capabilities))
                ? refresh()
                : CompletableFuture.completedFuture(null);
    }

    /** A backend is down: connections that this node and its pods have to it, on another node, would hang. */
    public void abandon(BackendView backend) {
        DesiredState now = task;
        if (now != null && !backend.name().equals(now.self().name())) {
            thread.execute(() -> failed.failed(backend, System.nanoTime()));
        }
    }

    private void abandonLost() throws IOException {
        for (BackendView backend : failed.lost(System.nanoTime(), this::isLastResort)) {
            int forgotten = statistics.forget(backend, view);
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
        Remarks now = shown;
        String name = frontend.name();
        String proxyFallback = now.proxyFallbacks().get(name);
        if (proxyFallback != null) {
            return PlaneChoice.withoutKernel(frontend.leavesPortToServerOf(task.self()), proxyFallback);
        }
        String remark = now.remarks().get(name);
        String refused = failure;
        return new PlaneChoice(
                PlaneChoice.KERNEL,
                reason
                        + (remark == null ? "" : "; " + remark)
                        + (refused.isEmpty() ? "" : "; its rules stay as they are: " + refused));
    }

    /** What this node does for the others, for their {@link #peer}; empty when nothing. */
    public String capabilities() {
        DesiredState now = task;
        if (now == null) {
            return "";
        }
        return new PeerCapabilities(
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
    TrafficStatistics statistics() {
        if (statistics.areOld()) {
            try {
                String counted =
                        thread.submit(reconciler::counters).get(RULES_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                statistics.read(view, counted);
            } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
                LOG.debug("the counters of nftables cannot be read: {}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return statistics;
    }

    /** The rules stay. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(RULES_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        statistics.close();
        neighbours.close();
        reconciler.close();
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
                    })
                    .get();
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
