package io.jenkins.plugins.baton.fleet.drill;

import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.Deadline;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Pause;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.nodes.Lock;
import io.jenkins.plugins.baton.fleet.nodes.NodeClock;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.report.DrillReport;
import io.jenkins.plugins.baton.fleet.ssh.Access;
import io.jenkins.plugins.baton.fleet.status.Stage;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.fleet.status.Viewer;
import io.jenkins.plugins.baton.fleet.steady.BlastRadiusGuard;
import io.jenkins.plugins.baton.fleet.steady.SteadyState;
import io.jenkins.plugins.baton.fleet.steady.SteadyStateWaiter;
import io.jenkins.plugins.baton.jmx.text.HumanUnits;
import io.jenkins.plugins.baton.probe.ConnectProbe;
import io.jenkins.plugins.baton.probe.LongLived;
import io.jenkins.plugins.baton.probe.RequestProbe;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
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
    private final Viewer viewer;

    /** @param access for the watchers, which have connections of their own */
    public Drill(ClusterFile file, Access access, NodeConnections nodes, Progress progress) {
        this(file, access, nodes, progress, Viewer.NONE);
    }

    /** @param viewer sees the nodes before, during and after while the drill is under way */
    public Drill(ClusterFile file, Access access, NodeConnections nodes, Progress progress, Viewer viewer) {
        this.viewer = viewer;
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
        DrillTarget.Place place = DrillTarget.Place.of(file, plan);
        if (plan.window().isPresent() && !plan.window().get().contains(LocalTime.now())) {
            throw FleetException.refused(
                    List.of("drills are allowed from " + plan.window().get() + ", and it is "
                            + LocalTime.now().withNano(0) + " in " + ZoneId.systemDefault()));
        }
        try (Lock lock = Lock.take(nodes, "drill " + plan.scenario().word(), progress)) {
            DrillTarget target = prepare(plan, place, lock.mended() ? plan.settle() : STEADY_TIMEOUT);
            return measured(plan, target);
        }
    }

    /** Looks whether the drill may begin. */
    private DrillTarget prepare(Plan plan, DrillTarget.Place place, Duration timeout) throws FleetException {
        View view = steady(timeout);
        DrillTarget target = place.now(plan, view);
        List<String> objections = BlastRadiusGuard.objections(
                file.cluster(), view, plan.scenario().on(target.node()), plan.minHealthy());
        if (!objections.isEmpty()) {
            throw FleetException.refused(objections);
        }
        SteadyState.warnings(view).forEach(warning -> progress.say("warning: " + warning));
        return target;
    }

    private View steady(Duration timeout) throws FleetException {
        try {
            return new SteadyStateWaiter(file, nodes, progress, Stage.BEFORE, viewer).await(Duration.ZERO, timeout);
        } catch (FleetException e) {
            if (e.kind() != FleetException.Kind.REFUSED) {
                throw e;
            }
            throw FleetException.refused(List.of(
                    "the cluster is not steady, so that a drill would tell nothing and may do harm:", e.getMessage()));
        }
    }

    private DrillReport measured(Plan plan, DrillTarget target) throws FleetException {
        Map<String, NodeClock> clocks = nodes.each(NodeClock::of);
        Recording recording = new Recording();
        List<Watcher> watchers = new ArrayList<>();
        Plan.Probing probing = plan.probing();
        Instant startedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Optional<RequestProbe> requests = Optional.empty();
        try (LongLived longLived = new LongLived(target.client(), probing.longLived(), probing.readTimeout());
                ConnectProbe probe = new ConnectProbe(target.client(), probing.interval(), probing.timeout())) {
            clocks.forEach((name, clock) -> watchers.add(new Watcher(
                    new NodeConnection(file.cluster().node(name).orElseThrow(), access), clock, recording)));
            progress.say(plan.scenario().word() + " on " + target.node() + ": "
                    + plan.scenario().description());
            awaitFirstStatus(recording, clocks.size());
            progress.say("a client connects every " + HumanUnits.exact(probing.interval()) + "; "
                    + HumanUnits.exact(BASELINE_TIME) + " without a fault first");
            probe.start();
            requests = probing.requests().map(pause -> new RequestProbe(target.client(), pause, probing.readTimeout()));
            sleep(BASELINE_TIME);
            List<String> trouble = new ArrayList<>();
            Timeline timeline = broken(plan, target, clocks.get(target.node()), startedAt, recording, trouble);
            probe.stop();
            Observations observations = new Observations(
                    probe.samples(),
                    longLived.count(),
                    longLived.losses(),
                    requests.map(RequestProbe::samples).orElse(List.of()),
                    recording,
                    worstError(clocks));
            return new Measurement(plan, target, timeline, observations, trouble).report();
        } catch (IOException e) {
            throw FleetException.failed("cannot probe " + target.client() + ": " + e.getMessage(), e);
        } finally {
            requests.ifPresent(RequestProbe::close);
            watchers.forEach(Watcher::close);
        }
    }

    /** From the fault until the cluster is steady again, or should be. */
    private Timeline broken(
            Plan plan,
            DrillTarget target,
            NodeClock clock,
            Instant startedAt,
            Recording recording,
            List<String> trouble)
            throws FleetException {
        FaultRun fault = new FaultRun(plan, target, nodes, progress);
        long armed = fault.begin(clock);
        long began = armed;
        long ended;
        try {
            progress.say("the fault lasts " + HumanUnits.exact(plan.hold()));
            sleep(plan.hold().dividedBy(2).plusNanos(armed - System.nanoTime()));
            View during = recording.view(names(), System.nanoTime());
            viewer.see(Stage.DURING, during, new SteadyState(file).missing(during));
            sleep(plan.hold().plusNanos(armed - System.nanoTime()));
            began = fault.began(clock, armed);
        } finally {
            ended = fault.end();
            recording.note(began, target.node(), "fault: " + plan.scenario().description());
            recording.note(ended, target.node(), "fault ended");
        }
        trouble.addAll(fault.trouble());
        settle(plan, trouble);
        return new Timeline(startedAt, began, ended, System.nanoTime());
    }

    private List<String> names() {
        return file.cluster().nodes().stream().map(Node::name).toList();
    }

    /** Asking agents costs their hosts something: that must not be in the baseline. */
    private static void awaitFirstStatus(Recording recording, int nodes) throws FleetException {
        Deadline deadline = Deadline.in(FIRST_STATUS_TIMEOUT);
        while (recording.seen().stream()
                        .map(seen -> seen.status().node())
                        .distinct()
                        .count()
                < nodes) {
            if (deadline.isOver()) {
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
        progress.say("the cluster may take " + HumanUnits.exact(plan.settle()) + " to become steady");
        try {
            new SteadyStateWaiter(file, nodes, progress, Stage.AFTER, viewer).await(STABLE_TIME, plan.settle());
            progress.say("the cluster is steady again");
        } catch (FleetException e) {
            if (e.kind() != FleetException.Kind.REFUSED) {
                throw e;
            }
            trouble.add(e.getMessage().replace("\n", "; "));
        }
    }

    private static void sleep(Duration time) throws FleetException {
        Pause.of(time, "interrupted by the operator");
    }
}
