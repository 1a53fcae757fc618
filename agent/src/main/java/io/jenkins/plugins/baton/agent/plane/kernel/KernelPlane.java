package io.jenkins.plugins.baton.agent.plane.kernel;

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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
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
    private static final long CHECK_INTERVAL_MILLIS = 500;
    private static final Duration RULES_TIMEOUT = Duration.ofSeconds(5);

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, KernelPlane::daemon);
    private final AtomicReference<CompletableFuture<Void>> next = new AtomicReference<>();
    private final Peers peers = new Peers();
    private final Adoption adoption = new Adoption(peers);
    private final PlaneReport report = new PlaneReport();
    private final NodeReconciler reconciler;
    private final Runnable changed;
    private volatile boolean leaving;

    private KernelPlane(Runnable changed) throws IOException {
        this.changed = changed;
        this.reconciler = NodeReconciler.open(peers, adoption, report, changed);
    }

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
        KernelPlane plane = new KernelPlane(changed);
        plane.thread.prestartAllCoreThreads(); // in the network namespace of who opens it
        plane.thread.scheduleWithFixedDelay(
                plane.reconciler::look, CHECK_INTERVAL_MILLIS, CHECK_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
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

    @Override
    public void apply(Cluster cluster, Node self, List<FrontendView> dispatched, List<Frontend> proxied)
            throws IOException {
        run(() -> reconciler.apply(new DesiredState(cluster, self, dispatched, proxied)));
        changed.run();
    }

    @Override
    public void hostChanged() {
        thread.execute(reconciler::hostChanged);
    }

    @Override
    public CompletableFuture<Void> refresh() {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> waiting = next.compareAndExchange(null, mine);
        if (waiting != null) {
            return waiting; // it has not begun yet
        }
        thread.execute(() -> {
            next.set(null);
            try {
                reconciler.put();
                mine.complete(null);
            } catch (Throwable e) {
                reconciler.failed(e);
                mine.completeExceptionally(e);
            }
        });
        return mine;
    }

    @Override
    public CompletableFuture<Void> peer(String node, boolean present, String capabilities) {
        if (present && capabilities.isEmpty() && adoption.assumes(node)) {
            return CompletableFuture.completedFuture(null); // its host answers before its agent can have spoken
        }
        thread.execute(() -> adoption.heard(node));
        return peers.learn(node, present, PeerCapabilities.parse(capabilities))
                ? refresh()
                : CompletableFuture.completedFuture(null);
    }

    @Override
    public void abandon(BackendView backend) {
        DesiredState now = reconciler.task();
        if (now != null && !backend.name().equals(now.self().name())) {
            thread.execute(() -> reconciler.abandon(backend));
        }
    }

    /** Who serves a frontend of the kernel plane now; {@code reason} is why the kernel does, when it does. */
    PlaneChoice choice(Frontend frontend, String reason) {
        return report.choice(frontend, reason, reconciler.task().self());
    }

    @Override
    public String capabilities() {
        DesiredState now = reconciler.task();
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
    public FrontendView counted(FrontendView proxied, String reason) {
        return new CountedFrontend(proxied, reason, this);
    }

    /** What has been counted, not older than half a second unless the plane is busy. */
    TrafficStatistics statistics() {
        TrafficStatistics statistics = reconciler.statistics();
        if (statistics.areOld()) {
            try {
                String counted =
                        thread.submit(reconciler::counters).get(RULES_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                statistics.read(reconciler.view(), counted);
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
        thread.shutdown();
        try {
            thread.awaitTermination(RULES_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
