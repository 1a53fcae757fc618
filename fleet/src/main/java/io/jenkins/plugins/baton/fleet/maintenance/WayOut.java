package io.jenkins.plugins.baton.fleet.maintenance;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.Deadline;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Pause;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.nodes.Layout;
import io.jenkins.plugins.baton.fleet.nodes.Lock;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import io.jenkins.plugins.baton.fleet.status.Stage;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.fleet.status.Viewer;
import io.jenkins.plugins.baton.fleet.steady.BlastRadiusGuard;
import io.jenkins.plugins.baton.fleet.steady.SteadyState;
import io.jenkins.plugins.baton.fleet.steady.SteadyStateWaiter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Takes a node out of service: nothing is lost by it, and it ends by itself. */
public final class WayOut {
    /** A check that failed once on a busy node is no reason to refuse. */
    private static final Duration STEADY_TIMEOUT = Duration.ofSeconds(10);

    /** For an agent to read the record, which it does some times a second, and to give its addresses away. */
    private static final Duration OBEDIENCE_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(300);

    private final ClusterFile file;
    private final NodeConnections nodes;
    private final MaintenanceRequest request;
    private final Progress progress;
    private final Viewer viewer;
    private final Records records;
    private final Servers servers;
    private final Absence absence;
    private final Phases phases = new Phases();

    /**
     * @param viewer sees the nodes before, and when the node is out
     * @throws FleetException BAD_INPUT when the cluster file has no such node
     */
    public WayOut(ClusterFile file, NodeConnections nodes, MaintenanceRequest request, Progress progress, Viewer viewer)
            throws FleetException {
        request.require(file);
        this.file = file;
        this.nodes = nodes;
        this.request = request;
        this.progress = progress;
        this.viewer = viewer;
        this.records = new Records(nodes);
        this.servers = new Servers(file.cluster(), request.node());
        this.absence = new Absence(file.cluster(), request.node());
    }

    /**
     * Returns when the node is out. An interrupt of the calling thread puts it back first.
     *
     * @param token tells this maintenance from all others; for {@link WayBack}
     * @param by who does it, for others
     * @throws FleetException REFUSED before anything was done; FAILED when it could not be carried through, after the node
     *     was put back
     */
    public Begun begin(String token, String by) throws FleetException {
        String node = request.node();
        try (Lock lock = Lock.take(nodes, "maintenance of " + node, progress)) {
            phases.time(Phase.STEADY, () -> mayBegin(lock.mended() ? request.patience() : STEADY_TIMEOUT));
            phases.time(Phase.HANDOVER, this::handOver);
            try {
                Instant[] until = new Instant[1];
                long[] left = new long[1];
                phases.time(Phase.DRAIN, () -> {
                    until[0] = records.begin(token, node, request.longest(), by);
                    awaitAbsence();
                    return "enabled by the nodes themselves at " + until[0] + " at the latest";
                });
                progress.say(node, "is drained and takes no address; the nodes enable it themselves at " + until[0]);
                phases.time(Phase.SESSIONS, () -> {
                    left[0] = awaitSessions();
                    requireAbsence();
                    return left[0] + " sessions left";
                });
                return new Begun(until[0].toString(), left[0], phases.all());
            } catch (FleetException | RuntimeException e) {
                putBack(token);
                throw e;
            }
        }
    }

    private String mayBegin(Duration timeout) throws FleetException {
        View view;
        try {
            view = new SteadyStateWaiter(file, nodes, progress, Stage.BEFORE, viewer).await(Duration.ZERO, timeout);
        } catch (FleetException e) {
            if (e.kind() != FleetException.Kind.REFUSED) {
                throw e;
            }
            throw FleetException.refused(
                    List.of("the cluster is not steady, so that a node less may be one too few:", e.getMessage()));
        }
        List<String> objections = new ArrayList<>(BlastRadiusGuard.objections(
                file.cluster(),
                view,
                new BlastRadiusGuard.Removal("maintenance of " + request.node(), request.node(), true, true),
                request.minHealthy()));
        objections.addAll(servers.objectionsToDrain(view));
        if (!objections.isEmpty()) {
            throw FleetException.refused(objections);
        }
        SteadyState.warnings(view).forEach(warning -> progress.say("warning: " + warning));
        return "";
    }

    private String handOver() throws FleetException {
        List<String> held = absence.held(nodes.view());
        if (held.isEmpty()) {
            return "it held no address";
        }
        try {
            String said = nodes.get(request.node())
                    .require("hand over", Command.asRoot(Layout.AGENT + " handover"))
                    .strip();
            progress.say(request.node(), said.replace("\n", "; "));
            return said.replace("\n", "; ");
        } catch (SshException e) {
            throw FleetException.failed(e.getMessage(), e);
        }
    }

    private void awaitAbsence() throws FleetException {
        Deadline deadline = Deadline.in(OBEDIENCE_TIMEOUT);
        while (true) {
            View view = nodes.view();
            List<String> missing = absence.missing(view);
            if (missing.isEmpty()) {
                viewer.see(Stage.DURING, view, new SteadyState(file).missing(view));
                return;
            }
            if (deadline.isOver()) {
                List<String> reasons = new ArrayList<>(missing);
                reasons.add("the agents did not follow within " + OBEDIENCE_TIMEOUT.toSeconds()
                        + " s. An agent of an earlier version knows nothing of maintenances: run `baton deploy`");
                throw FleetException.failed(reasons);
            }
            pause();
        }
    }

    /** Sessions may have taken more time than the whole maintenance has. */
    private void requireAbsence() throws FleetException {
        List<String> reasons = new ArrayList<>(absence.missing(nodes.view()));
        if (!reasons.isEmpty()) {
            reasons.add(
                    request.node() + " is not out of service any more, so that the work does not begin; give it more "
                            + "time than " + request.atMost() + ", or its sessions less");
            throw FleetException.failed(reasons);
        }
    }

    private long awaitSessions() throws FleetException {
        Deadline deadline = Deadline.in(request.draining());
        boolean told = false;
        while (true) {
            long left = servers.sessions(nodes.view());
            if (left == 0 || deadline.isOver()) {
                progress.say(
                        request.node(), left == 0 ? "has no session left" : left + " sessions did not end in time");
                return left;
            }
            if (!told) {
                progress.say(request.node(), "waiting up to " + request.drainTimeout() + " for " + left + " sessions");
                told = true;
            }
            pause();
        }
    }

    /** An interrupt does not keep it from that. */
    private void putBack(String token) {
        boolean interrupted = Thread.interrupted();
        progress.say(request.node(), "putting it back");
        for (NodeConnection connection : nodes.all()) {
            interrupted |= putBack(connection, token);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether this thread was interrupted meanwhile. */
    private boolean putBack(NodeConnection connection, String token) {
        boolean[] interrupted = new boolean[1];
        try {
            Attempts.of(
                    () -> {
                        records.remove(connection, token);
                        return true;
                    },
                    () -> interrupted[0] |= interruptedIn(POLL_INTERVAL));
        } catch (SshException e) {
            progress.say(
                    connection.name(),
                    "the maintenance could not be ended here (" + e.getMessage() + "); it ends by itself after "
                            + request.atMost());
        }
        return interrupted[0];
    }

    private static boolean interruptedIn(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private static void pause() throws FleetException {
        Pause.of(POLL_INTERVAL, "interrupted while the node was taken out of service");
    }
}
