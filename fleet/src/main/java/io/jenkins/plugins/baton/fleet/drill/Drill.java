package io.jenkins.plugins.baton.fleet.drill;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.Targets;
import io.jenkins.plugins.baton.fleet.nodes.Lock;
import io.jenkins.plugins.baton.fleet.nodes.NodeClock;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.report.DrillReport;
import io.jenkins.plugins.baton.fleet.ssh.Access;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.fleet.steady.SteadyState;
import io.jenkins.plugins.baton.fleet.steady.SteadyStateWaiter;
import io.jenkins.plugins.baton.probe.ConnectProbe;
import io.jenkins.plugins.baton.probe.LongLived;
import io.jenkins.plugins.baton.probe.RequestProbe;
import io.jenkins.plugins.baton.probe.Target;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One drill: looks whether it may begin, breaks something, measures what a client sees, mends it, reports. */
public final class Drill {
    private static final Duration BASELINE_TIME = Duration.ofSeconds(2);
    private static final Duration FIRST_STATUS_TIMEOUT = Duration.ofSeconds(20);
    /** A check that failed once on a busy node is no reason to refuse. */
    private static final Duration STEADY_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration STABLE_TIME = Duration.ofSeconds(2);

    private final ClusterFile file;
    private final Access access;
    private final NodeConnections nodes;
    private final Progress progress;

    /** @param access for the watchers, which have connections of their own */
    public Drill(ClusterFile file, Access access, NodeConnections nodes, Progress progress) {
        this.file = file;
        this.access = access;
        this.nodes = nodes;
        this.progress = progress;
    }

    /**
     * Runs a drill to its end. An interrupt of the calling thread ends the fault first.
     *
     * @throws FleetException REFUSED before anything is done; FAILED when it could not be carried through, after the
     *     fault was ended or left to the timer on the node
     */
    public DrillReport run(Plan plan) throws FleetException {
        Cluster cluster = file.cluster();
        if (cluster.frontends().isEmpty() || cluster.virtualRouters().isEmpty()) {
            throw FleetException.badInput("a drill needs a virtual router and a frontend to connect to, and "
                    + file.path() + " does not have both");
        }
        if (plan.window().isPresent() && !plan.window().get().contains(LocalTime.now())) {
            throw FleetException.refused(List.of("drills are allowed from "
                    + plan.window().get() + ", and it is " + LocalTime.now().withNano(0)));
        }
        try (Lock lock = Lock.take(nodes, "drill " + plan.scenario().word(), progress)) {
            return locked(plan, lock.mended() ? plan.settle() : STEADY_TIMEOUT);
        }
    }

    private DrillReport locked(Plan plan, Duration timeout) throws FleetException {
        Cluster cluster = file.cluster();
        Frontend frontend = cluster.frontends().get(0);
        Target target = Targets.of(cluster, frontend).get(0);
        if (plan.probing().requests().isPresent() && target.path().isEmpty()) {
            throw FleetException.badInput("requests need a frontend that speaks HTTP, and the check of "
                    + frontend.name() + " in " + file.path() + " is not of type http or https");
        }
        VirtualRouter router = cluster.virtualRouters().stream()
                .filter(r -> r.addresses().stream()
                        .anyMatch(a -> a.address().equals(target.address().getAddress())))
                .findFirst()
                .orElse(cluster.virtualRouters().get(0));
        View view = steady(timeout);
        String holder = view.holder(router.name()).orElseThrow();
        String node = plan.node().orElse(holder);
        if (cluster.node(node).isEmpty()) {
            throw FleetException.badInput("there is no node " + node + " in " + file.path());
        }
        if (plan.scenario() == Scenario.HANDOVER && !node.equals(holder)) {
            throw FleetException.badInput("only the holder can hand over, and that is " + holder + ", not " + node);
        }
        List<String> objections = BlastRadiusGuard.objections(cluster, view, plan.scenario(), node, plan.minHealthy());
        if (!objections.isEmpty()) {
            throw FleetException.refused(objections);
        }
        SteadyState.warnings(view).forEach(warning -> progress.say("warning: " + warning));
        return measured(plan, frontend, target, router, holder, node);
    }

    private View steady(Duration timeout) throws FleetException {
        try {
            return new SteadyStateWaiter(file, nodes, progress).await(Duration.ZERO, timeout);
        } catch (FleetException e) {
            if (e.kind() != FleetException.Kind.REFUSED) {
                throw e;
            }
            throw FleetException.refused(List.of(
                    "the cluster is not steady, so that a drill would tell nothing and may do harm:", e.getMessage()));
        }
    }

    private DrillReport measured(
            Plan plan, Frontend frontend, Target target, VirtualRouter router, String holder, String node)
            throws FleetException {
        Map<String, NodeClock> clocks = nodes.each(NodeClock::of);
        Recording recording = new Recording();
        List<Watcher> watchers = new ArrayList<>();
        FaultRun fault = new FaultRun(plan, nodes, file.cluster(), router, node, holder, progress);
        Plan.Probing probing = plan.probing();
        Instant startedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Optional<RequestProbe> requests = Optional.empty();
        try (LongLived longLived = new LongLived(target, probing.longLived(), probing.readTimeout());
                ConnectProbe probe = new ConnectProbe(target, probing.interval(), probing.timeout())) {
            clocks.forEach((name, clock) -> watchers.add(new Watcher(
                    new NodeConnection(file.cluster().node(name).orElseThrow(), access), clock, recording)));
            progress.say(plan.scenario().word() + " on " + node + ": "
                    + plan.scenario().description());
            awaitFirstWord(recording, clocks.size());
            probe.start();
            requests = probing.requests().map(pause -> new RequestProbe(target, pause, probing.readTimeout()));
            sleep(BASELINE_TIME);
            long began = fault.begin(clocks.get(node));
            recording.note(began, node, "fault: " + plan.scenario().description());
            long ended;
            try {
                sleep(plan.hold().plusNanos(began - System.nanoTime()));
            } finally {
                ended = fault.end();
                recording.note(ended, node, "fault ended");
            }
            List<String> trouble = new ArrayList<>(fault.trouble());
            settle(plan, trouble);
            long end = System.nanoTime();
            probe.stop();
            return new Measurement(
                            plan,
                            List.copyOf(clocks.keySet()),
                            router,
                            frontend.name(),
                            target,
                            node,
                            holder,
                            startedAt,
                            began,
                            ended,
                            end,
                            worstError(clocks),
                            probe.samples(),
                            longLived.count(),
                            longLived.losses(),
                            requests.map(RequestProbe::samples).orElse(List.of()),
                            recording,
                            trouble)
                    .report();
        } catch (IOException e) {
            throw FleetException.failed("cannot probe " + target + ": " + e.getMessage(), e);
        } finally {
            requests.ifPresent(RequestProbe::close);
            watchers.forEach(Watcher::close);
        }
    }

    /** Asking agents costs their hosts something: that must not be in the baseline. */
    private static void awaitFirstWord(Recording recording, int nodes) throws FleetException {
        long end = System.nanoTime() + FIRST_STATUS_TIMEOUT.toNanos();
        while (recording.seen().stream()
                        .map(seen -> seen.status().node())
                        .distinct()
                        .count()
                < nodes) {
            if (System.nanoTime() > end) {
                throw FleetException.failed(List.of("not every agent answered `status --watch` within "
                        + FIRST_STATUS_TIMEOUT.toSeconds() + " s; nothing was broken yet"));
            }
            sleep(Duration.ofMillis(50));
        }
    }

    private static double worstError(Map<String, NodeClock> clocks) {
        return clocks.values().stream()
                .mapToDouble(NodeClock::errorMillis)
                .max()
                .orElse(0);
    }

    private void settle(Plan plan, List<String> trouble) throws FleetException {
        try {
            new SteadyStateWaiter(file, nodes, Progress.SILENT).await(STABLE_TIME, plan.settle());
            progress.say("the cluster is steady again");
        } catch (FleetException e) {
            if (e.kind() != FleetException.Kind.REFUSED) {
                throw e;
            }
            trouble.add(e.getMessage().replace("\n", "; "));
        }
    }

    private static void sleep(Duration time) throws FleetException {
        try {
            Thread.sleep(Math.max(0, time.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FleetException.failed("interrupted by the operator", e);
        }
    }
}
