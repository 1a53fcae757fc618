package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netfilter.Nftables;
import io.jenkins.plugins.baton.agent.linux.netfilter.RuleTables;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.agent.plane.PlaneChoice;
import io.jenkins.plugins.baton.agent.plane.kernel.statistics.TrafficStatistics;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.Node;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel plane: one thread keeps the rules of this node in step with what it knows, one transaction after the other;
 * changes that come meanwhile go into the next one. Closing it leaves the rules as they are: connections go on, and the
 * next agent adopts them.
 */
public final class KernelPlane implements KernelRules {
    private static final Logger LOG = LoggerFactory.getLogger("baton");
    /** Between two looks while something is not as it is to be, or a time is running. */
    private static final long CHECK_INTERVAL_MILLIS = 500;

    /** The same while all is well: rules, interfaces, hosts and checks tell of their changes. */
    private static final long CALM_INTERVAL_MILLIS = 2000;

    private static final Duration RULES_TIMEOUT = Duration.ofSeconds(5);

    private final RulesThread thread = new RulesThread(this::free);
    private final AtomicReference<CompletableFuture<Void>> next = new AtomicReference<>();
    private final Peers peers = new Peers();
    private final Adoption adoption = new Adoption(peers);
    private final PlaneReport report = new PlaneReport();
    private final NodeReconciler reconciler;
    private final Runnable changed;
    private volatile boolean leaving;

    /** Null where the kernel does not tell of changes. */
    private volatile RulesWatch watch;

    // Of the thread.
    private Future<?> looks;
    private long interval;

    private KernelPlane(Runnable changed) throws IOException {
        this.changed = changed;
        this.reconciler = NodeReconciler.open(peers, adoption, report, changed);
    }

    /**
     * @param changed told when what {@link #counted} shows or {@link #capabilities} may have changed, on the plane's thread
     * @throws IOException when this host can have no rules, see {@link HostSupport}
     */
    public static KernelPlane open(Runnable changed) throws IOException {
        KernelPlane plane = new KernelPlane(changed);
        plane.thread.prestartAllCoreThreads(); // in the network namespace of who opens it
        plane.thread.execute(plane::plan);
        try {
            plane.watch = RulesWatch.start(() -> plane.execute(plane.reconciler::look));
        } catch (LinuxException e) {
            LOG.warn("{}; changes of the rules are noticed up to half a second late", e.getMessage());
        }
        return plane;
    }

    private void look() {
        if (interval == CALM_INTERVAL_MILLIS) {
            reconciler.glance();
        } else {
            reconciler.look();
        }
        plan();
    }

    /** Whatever is done may have to be followed up sooner than the next look. */
    private void plan() {
        RulesWatch told = watch;
        boolean calm = reconciler.isSettled() && told != null && told.works();
        long wanted = calm ? CALM_INTERVAL_MILLIS : CHECK_INTERVAL_MILLIS;
        if (wanted != interval) {
            if (looks != null) {
                looks.cancel(false);
            }
            looks = thread.scheduleWithFixedDelay(this::look, wanted, wanted, TimeUnit.MILLISECONDS);
            interval = wanted;
        }
    }

    /** Checks and interfaces change also while the agent ends. Returns whether it will be done. */
    private boolean execute(Runnable task) {
        return thread.accepts(() -> {
            task.run();
            plan();
        });
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

    @Override
    public void apply(Cluster cluster, Node self, List<FrontendView> dispatched, List<Frontend> proxied)
            throws IOException {
        run(() -> reconciler.apply(new DesiredState(cluster, self, dispatched, proxied)));
        changed.run();
    }

    @Override
    public void hostChanged() {
        execute(reconciler::hostChanged);
    }

    @Override
    public CompletableFuture<Void> refresh() {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> waiting = next.compareAndExchange(null, mine);
        if (waiting != null) {
            return waiting; // it has not begun yet
        }
        boolean accepted = execute(() -> {
            next.set(null);
            try {
                reconciler.put();
                mine.complete(null);
            } catch (Throwable e) {
                reconciler.failed(e);
                mine.completeExceptionally(e);
            }
        });
        if (!accepted) {
            mine.completeExceptionally(new IllegalStateException("the kernel plane has ended; its rules stay"));
        }
        return mine;
    }

    @Override
    public CompletableFuture<Void> peer(String node, boolean present, String capabilities) {
        if (present && capabilities.isEmpty() && adoption.assumes(node)) {
            return CompletableFuture.completedFuture(null); // its host answers before its agent can have spoken
        }
        execute(() -> adoption.heard(node));
        return peers.learn(node, present, PeerCapabilities.parse(capabilities))
                ? refresh()
                : CompletableFuture.completedFuture(null);
    }

    @Override
    public void forgetFormerNodes() {
        execute(reconciler::forgetFormerNodes);
        refresh();
    }

    @Override
    public void abandon(BackendView backend) {
        DesiredState now = reconciler.desired();
        if (now != null && !backend.name().equals(now.self().name())) {
            execute(() -> reconciler.abandon(backend));
        }
    }

    /** Who serves a frontend now. */
    PlaneChoice choice(Frontend frontend, PlaneChoice wanted) {
        return wanted.isKernel()
                ? report.choice(frontend, wanted.reason(), reconciler.desired().self())
                : wanted;
    }

    @Override
    public String capabilities() {
        DesiredState now = reconciler.desired();
        if (now == null) {
            return "";
        }
        return new PeerCapabilities(
                        now.dispatched().stream().map(FrontendView::name).collect(Collectors.toSet()),
                        now.proxied().stream().map(Frontend::name).collect(Collectors.toSet()),
                        leaving)
                .text();
    }

    @Override
    public void leave() {
        leaving = true;
        changed.run();
    }

    @Override
    public long restored() {
        return reconciler.restored();
    }

    @Override
    public FrontendView counted(FrontendView proxied, PlaneChoice wanted) {
        return new CountedFrontend(proxied, wanted, this);
    }

    /** What has been counted, not older than half a second unless the plane is busy. Nothing is, where the proxy has served all. */
    TrafficStatistics statistics() {
        TrafficStatistics statistics = reconciler.statistics();
        if (reconciler.view().translating() && statistics.areOld()) {
            try {
                thread.submit(() -> {
                            reconciler.count();
                            return null;
                        })
                        .get(RULES_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                statistics.track(reconciler.view());
            } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
                LOG.debug("cannot read the nftables counters: {}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return statistics;
    }

    @Override
    public void close() {
        RulesWatch told = watch;
        if (told != null) {
            told.close();
        }
        thread.close(RULES_TIMEOUT);
    }

    /** Not while a transaction is under way, however long it takes: libnftables would use memory that is freed. */
    private void free() {
        reconciler.close();
    }

    private interface Task {
        void run() throws IOException;
    }

    /** Runs on the plane's thread, and waits. */
    private void run(Task task) throws IOException {
        try {
            thread.submit(() -> {
                        try {
                            task.run();
                        } finally {
                            plan();
                        }
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
