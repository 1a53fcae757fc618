package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netfilter.ConnectionTracking;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Certainty;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.ClusterView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.KernelFrontend;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.PersistedState;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Ruleset;
import io.jenkins.plugins.baton.agent.plane.kernel.statistics.TrafficStatistics;
import io.jenkins.plugins.baton.agent.plane.kernel.tracking.BackendConnections;
import io.jenkins.plugins.baton.agent.plane.kernel.tracking.FailedBackends;
import io.jenkins.plugins.baton.agent.plane.kernel.tracking.LostSlots;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the rules of this node in step with what it knows: the cluster file, the health of backends, the presence of
 * other nodes. Belongs to the plane's thread, but for what is said to be for any.
 */
final class NodeReconciler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("baton");
    private static final long PARAMETER_INTERVAL = Duration.ofMillis(1900).toNanos();
    /** Between two looks where only parameters are not told of, and other nodes' new Ethernet addresses. */
    private static final long CALM_INTERVAL = Duration.ofMillis(5900).toNanos();

    private final HostRules rules;
    private final HostNeighbours neighbours;
    private final TrafficStatistics statistics;
    private final BackendConnections connections;
    private final Peers peers;
    private final Adoption adoption;
    private final PlaneReport report;
    private final Runnable changed;
    private final LongSupplier clock;

    private volatile DesiredState desired;
    private volatile ClusterView view = ClusterView.NOTHING;
    private volatile long restored;

    private final MinorityDetector minority = new MinorityDetector();
    private final DoubtfulHosts doubtful = new DoubtfulHosts();
    private final Readiness readiness = new Readiness();
    private final FailedBackends failed = new FailedBackends();
    private final LostSlots lostSlots = new LostSlots();
    private long parametersAt;
    private long lookedAt;
    /** Whether the rules could not be brought in step the last time. */
    private boolean failing;

    /** Frontends that the kernel serves, and not the proxy. */
    private Set<String> serving = Set.of();
    /** Whether there were rules that translate addresses: connections may be left. */
    private boolean translating;

    /** @param clock nanoseconds, never back */
    NodeReconciler(
            HostRules rules,
            HostNeighbours neighbours,
            TrafficStatistics statistics,
            BackendConnections connections,
            Peers peers,
            Adoption adoption,
            PlaneReport report,
            Runnable changed,
            LongSupplier clock) {
        this.rules = rules;
        this.neighbours = neighbours;
        this.statistics = statistics;
        this.connections = connections;
        this.peers = peers;
        this.adoption = adoption;
        this.report = report;
        this.changed = changed;
        this.clock = clock;
        this.parametersAt = clock.getAsLong();
        this.lookedAt = clock.getAsLong();
    }

    /**
     * @param changed told when the report has changed
     * @throws IOException when this host can have no rules, see {@link HostSupport}
     */
    static NodeReconciler open(Peers peers, Adoption adoption, PlaneReport report, Runnable changed)
            throws IOException {
        RulesetReconciler rules = RulesetReconciler.open();
        NeighbourTable neighbours = null;
        try {
            neighbours = NeighbourTable.open();
            ConnectionTracking tracking = ConnectionTracking.open();
            return new NodeReconciler(
                    rules,
                    neighbours,
                    new TrafficStatistics(tracking),
                    new BackendConnections(tracking),
                    peers,
                    adoption,
                    report,
                    changed,
                    System::nanoTime);
        } catch (IOException e) {
            if (neighbours != null) {
                neighbours.close();
            }
            rules.close();
            throw e;
        }
    }

    /** What the rules are about; null before the first {@link #apply}. For any thread. */
    DesiredState desired() {
        return desired;
    }

    /** What is in force, as far as this agent put it there. For any thread. */
    ClusterView view() {
        return view;
    }

    /** How often the rules of a stranger were put right. For any thread. */
    long restored() {
        return restored;
    }

    TrafficStatistics statistics() {
        return statistics;
    }

    /** Has {@link #statistics} take in what the rules have counted. */
    void count() throws IOException {
        statistics.count(view, rules.counters());
    }

    /** @throws IOException when the kernel refuses; then the rules, and what they are about, are as they were */
    void apply(DesiredState wanted) throws IOException {
        DesiredState before = desired;
        desired = wanted;
        try {
            neighbours.look(desired);
            if (before == null) {
                adopt();
            } else {
                put();
            }
        } catch (IOException | RuntimeException | Error e) {
            desired = before;
            throw e;
        }
    }

    /** The rules of an earlier agent are as good as its knowledge was, which is better than ours at first. */
    private void adopt() throws IOException {
        PersistedState persisted = rules.persisted();
        translating = Ruleset.translates(persisted.structure());
        if (persisted.structure().isEmpty()) {
            put();
            return;
        }
        Set<String> hadRules = new HashSet<>(persisted.peers());
        hadRules.retainAll(others()); // of one that has left the file nothing will ever be heard
        adoption.begin(hadRules, names(), clock.getAsLong());
        serving = persisted.peers().isEmpty() ? Set.of() : names();
        ClusterView wanted = viewBuilder().view();
        if (rules.hasStructureOf(wanted)) {
            view = wanted;
            lostSlots.changed(view, clock.getAsLong());
            LOG.info("kernel plane: keeping the rules of the previous agent");
        } else {
            put();
        }
    }

    private Set<String> others() {
        return desired.others().stream().map(Node::name).collect(Collectors.toSet());
    }

    /** Of nodes that the cluster file does not have any more. To be followed by {@link #put}. */
    void forgetFormerNodes() {
        adoption.retain(others());
        peers.retain(others());
    }

    private Set<String> names() {
        return desired.cluster().frontends().stream().map(Frontend::name).collect(Collectors.toSet());
    }

    /** One transaction for all that has changed. */
    void put() throws IOException {
        if (desired == null) {
            return;
        }
        if (!adoption.assumed().stream().allMatch(neighbours::knows) || isSomebodyUnknown()) {
            neighbours.look(desired);
        }
        ClusterViewBuilder viewBuilder = viewBuilder();
        ClusterView wanted = viewBuilder.view();
        if (adoption.leavesRules(desired.dispatched(), clock.getAsLong()) && rules.hasStructureOf(wanted)) {
            return;
        }
        boolean tampered = rules.isTamperedWith();
        boolean sameInterfaces = wanted.interfaces().equals(view.interfaces());
        if (!tampered && !rules.hasStructureOf(wanted)) {
            count();
        }
        HostRules.Change change = rules.put(wanted, peers.withRules(), tampered);
        if (change.isAnew()) {
            statistics.restart();
        }
        view = wanted;
        if (change != HostRules.Change.NONE) {
            lostSlots.changed(view, clock.getAsLong());
        }
        // Where the interfaces are others, the kernel itself took away what was bound to one.
        if (change == HostRules.Change.RESTORATION && sameInterfaces) {
            restored++;
            LOG.warn("another program changed or removed Baton's nftables rules; they were restored");
        }
        translating = wanted.translating();
        serving = wanted.frontends().stream()
                .filter(frontend -> !frontend.toProxy())
                .map(KernelFrontend::name)
                .collect(Collectors.toSet());
        failing = false;
        if (report.succeeded(viewBuilder)) {
            changed.run();
        }
    }

    private ClusterViewBuilder viewBuilder() {
        long now = clock.getAsLong();
        return new ClusterViewBuilder(
                desired,
                peers,
                neighbours.snapshot(),
                certainty(now),
                readiness.of(desired.dispatched(), now),
                serving,
                translating || !desired.dispatched().isEmpty());
    }

    private Certainty certainty(long now) {
        boolean doubt = doubtful.exist(desired.cluster(), peers, now); // both remember what they were asked
        if (minority.isCutOff(desired.cluster(), peers, now)) {
            return Certainty.CUT_OFF;
        }
        return doubt ? Certainty.UNSURE : Certainty.SURE;
    }

    private boolean isSomebodyUnknown() {
        Set<String> wanted = desired.cluster().peerLink().isPresent() ? peers.withRules() : peers.present();
        return !wanted.stream().allMatch(neighbours::knows);
    }

    void hostChanged() {
        parametersAt = clock.getAsLong();
        look();
    }

    /** Whether what is in force stays right as long as nothing is told: no time is running. */
    boolean isSettled() {
        return !failing
                && desired != null
                && adoption.assumed().isEmpty()
                && failed.isEmpty()
                && !lostSlots.areNew()
                && view.certainty() == Certainty.SURE
                && view.frontends().stream().noneMatch(one -> one.lastResort() || one.toProxy() && !one.isProxied())
                && !isSomebodyUnknown();
    }

    /** Looks whether all is as it is to be, and puts it right. */
    void look() {
        try {
            if (desired == null) {
                return;
            }
            adoption.expire(names(), clock.getAsLong());
            neighbours.look(desired);
            if (isSomebodyUnknown()) {
                neighbours.ask(desired);
            }
            put();
            lookedAt = clock.getAsLong();
            if (lookedAt - parametersAt >= 0) {
                keepParameters();
            }
            abandonLost();
            forgetEnded();
        } catch (Throwable e) { // what is thrown here would end the plane's repeated look without a word
            failed(e);
        }
    }

    /** As {@link #look}, while all is well: mostly only the parameters, of which nobody tells. */
    void glance() {
        if (clock.getAsLong() - lookedAt >= CALM_INTERVAL) {
            look();
            return;
        }
        try {
            keepParameters();
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    private void keepParameters() throws IOException {
        parametersAt = clock.getAsLong() + PARAMETER_INTERVAL;
        if (rules.keepParameters()) {
            restored++;
            LOG.warn("another program changed arp_ignore or arp_announce; Baton's values were restored");
        }
    }

    /** A backend of another node is down. */
    void abandon(BackendView backend) {
        failed.failed(backend, clock.getAsLong());
    }

    private void abandonLost() throws IOException {
        for (BackendView backend : failed.lost(clock.getAsLong(), this::isLastResort)) {
            int forgotten = connections.forgetAll(backend, view);
            LOG.debug("dropped {} conntrack entries of this node to {}", forgotten, backend.name());
        }
    }

    private void forgetEnded() {
        try {
            for (KernelFrontend frontend : lostSlots.of(view, clock.getAsLong())) {
                connections.forgetEnded(frontend);
            }
        } catch (IOException e) {
            LOG.debug(
                    "cannot drop conntrack entries of ended connections: {}",
                    e.getMessage()); // the next look tries again
        }
    }

    private boolean isLastResort(String frontend) {
        return view.frontends().stream().anyMatch(one -> one.name().equals(frontend) && one.lastResort());
    }

    /** The rules could not be brought in step. */
    void failed(Throwable e) {
        failing = true;
        if (e instanceof IOException && haveInterfacesChanged()) {
            return; // meanwhile; the next look puts it right
        }
        if (report.failed(e)) {
            changed.run();
        }
    }

    private boolean haveInterfacesChanged() {
        Map<String, Integer> before = neighbours.snapshot().interfaces();
        try {
            neighbours.look(desired);
        } catch (LinuxException e) {
            return false;
        }
        return !before.equals(neighbours.snapshot().interfaces());
    }

    @Override
    public void close() {
        statistics.close();
        neighbours.close();
        rules.close();
    }
}
