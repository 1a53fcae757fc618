package io.jenkins.plugins.baton.fleet.maintenance;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.Deadline;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Pause;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import io.jenkins.plugins.baton.fleet.status.Stage;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.fleet.status.Viewer;
import io.jenkins.plugins.baton.fleet.steady.SteadyState;
import io.jenkins.plugins.baton.fleet.steady.SteadyStateWaiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Puts a node back into service. It needs nothing but the token, so that another process than the one that took the node out
 * can do it, and a second time it does no harm.
 */
public final class WayBack {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    /** A program that reboots a machine ends before the machine is down. */
    private static final Duration HEALTHY_TIME = Duration.ofSeconds(3);

    private static final Duration STABLE_TIME = Duration.ofSeconds(2);
    /** For the nodes that are slow to answer, beyond the time that the cluster gets. */
    private static final Duration LOCK_MARGIN = Duration.ofMinutes(1);

    private final ClusterFile file;
    private final NodeConnections nodes;
    private final MaintenanceRequest request;
    private final Progress progress;
    private final Viewer viewer;
    private final Records records;
    private final Recovery recovery;
    private final Phases phases = new Phases();
    private final List<String> trouble = new ArrayList<>();

    /**
     * @param viewer sees the nodes afterwards
     * @throws FleetException BAD_INPUT when the cluster file has no such node
     */
    public WayBack(
            ClusterFile file, NodeConnections nodes, MaintenanceRequest request, Progress progress, Viewer viewer)
            throws FleetException {
        request.require(file);
        this.file = file;
        this.nodes = nodes;
        this.request = request;
        this.progress = progress;
        this.viewer = viewer;
        this.records = new Records(nodes);
        this.recovery = new Recovery(file, request.node());
    }

    /**
     * Waits until the node is healthy, enables it, and waits until the cluster is steady. A node that does not become healthy
     * stays out of service, until its time is over.
     *
     * @throws FleetException FAILED when this thread is interrupted: then the node is put back when its time is over
     */
    public Ended end(String token) throws FleetException {
        String node = request.node();
        // The old connection may look alive for long: nobody was there to end it.
        nodes.get(node).close();
        phases.time(Phase.RETURN, this::awaitRecovery);
        if (!trouble.isEmpty()) {
            trouble.add(node + " stays drained and takes no address until its time is over; `baton enable " + node
                    + "` ends that when it is whole");
            return new Ended(phases.all(), trouble, false);
        }
        boolean[] inForce = new boolean[1];
        phases.time(Phase.ENABLE, () -> {
            inForce[0] = enable(token);
            return inForce[0] ? "" : "the nodes had done it by themselves";
        });
        if (!inForce[0]) {
            progress.say(node, "the nodes had enabled it by themselves: the work took longer than " + request.atMost());
        }
        phases.time(Phase.SETTLE, this::settle);
        forget(token);
        return new Ended(phases.all(), trouble, !inForce[0]);
    }

    private String awaitRecovery() throws FleetException {
        Deadline deadline = Deadline.in(request.patience());
        OptionalLong healthySince = OptionalLong.empty();
        List<String> told = List.of();
        while (true) {
            List<String> missing = missing();
            long now = System.nanoTime();
            if (!missing.isEmpty()) {
                healthySince = OptionalLong.empty();
                for (String line : missing) {
                    if (!told.contains(line)) {
                        progress.say("waiting: " + line);
                    }
                }
                told = missing;
            } else if (healthySince.isEmpty()) {
                healthySince = OptionalLong.of(now);
            } else if (now - healthySince.getAsLong() > HEALTHY_TIME.toNanos()) {
                progress.say(request.node(), "is healthy");
                return "";
            }
            if (deadline.isOver() && !missing.isEmpty()) {
                View view = nodes.view();
                viewer.see(Stage.AFTER, view, new SteadyState(file).missing(view));
                trouble.add(request.node() + " is not healthy within " + request.timeout() + ":");
                trouble.addAll(missing);
                return "it is not healthy";
            }
            pause();
        }
    }

    private List<String> missing() throws FleetException {
        View view = nodes.view();
        List<String> missing = recovery.missing(view);
        if (!missing.isEmpty()) {
            return missing;
        }
        NodeConnection connection = nodes.get(request.node());
        try {
            return recovery.leaving(connection.run(Records.leaving()).output()).stream()
                    .toList();
        } catch (SshException e) {
            connection.close();
            return List.of(e.getMessage());
        }
    }

    /** Whether it was still out, by its own record. Others that cannot be reached forget it by themselves. */
    private boolean enable(String token) throws FleetException {
        boolean inForce = false;
        Duration locked = request.patience().plus(LOCK_MARGIN);
        for (NodeConnection connection : nodes.all()) {
            try {
                boolean was = release(connection, token, locked);
                inForce |= was && connection.name().equals(request.node());
            } catch (SshException e) {
                trouble.add(e.getMessage() + "; there it ends by itself after " + request.atMost());
            }
        }
        progress.say(request.node(), "is enabled");
        return inForce;
    }

    private boolean release(NodeConnection connection, String token, Duration locked)
            throws SshException, FleetException {
        return Attempts.of(() -> records.release(connection, token, locked), () -> {
            connection.close();
            pause();
        });
    }

    private String settle() throws FleetException {
        Deadline deadline = Deadline.in(request.patience());
        try {
            while (true) {
                Duration left = deadline.left();
                View view = new SteadyStateWaiter(file, nodes, Progress.SILENT, Stage.AFTER, viewer)
                        .await(STABLE_TIME, left);
                List<String> out = recovery.stillOut(view);
                if (out.isEmpty()) {
                    progress.say("the cluster is steady again");
                    return "";
                }
                if (left.isZero()) {
                    trouble.addAll(out);
                    return "not steady";
                }
                pause();
            }
        } catch (FleetException e) {
            if (e.kind() != FleetException.Kind.REFUSED) {
                throw e;
            }
            trouble.addAll(e.getMessage().lines().toList());
            return "not steady";
        }
    }

    private void forget(String token) {
        for (NodeConnection connection : nodes.all()) {
            try {
                records.remove(connection, token);
            } catch (SshException e) {
                progress.say(connection.name(), "the lock of the maintenance ends there by itself: " + e.getMessage());
            }
        }
    }

    private void pause() throws FleetException {
        Pause.of(
                POLL_INTERVAL,
                "interrupted before " + request.node()
                        + " was put back; it is when its time is over, or with `baton enable " + request.node() + "`");
    }
}
