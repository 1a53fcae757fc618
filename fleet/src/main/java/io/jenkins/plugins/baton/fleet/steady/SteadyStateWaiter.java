package io.jenkins.plugins.baton.fleet.steady;

import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.Deadline;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Pause;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.Targets;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.status.Stage;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.fleet.status.Viewer;
import io.jenkins.plugins.baton.probe.Probe;
import io.jenkins.plugins.baton.probe.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Waits until a cluster is steady, answers through its virtual addresses, and stays so. */
public final class SteadyStateWaiter {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(300);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);

    private final ClusterFile file;
    private final NodeConnections nodes;
    private final Progress progress;
    private final Stage stage;
    private final Viewer viewer;

    public SteadyStateWaiter(ClusterFile file, NodeConnections nodes, Progress progress) {
        this(file, nodes, progress, Stage.NOW, Viewer.NONE);
    }

    /** @param viewer sees every look, as one of that stage */
    public SteadyStateWaiter(ClusterFile file, NodeConnections nodes, Progress progress, Stage stage, Viewer viewer) {
        this.file = file;
        this.nodes = nodes;
        this.progress = progress;
        this.stage = stage;
        this.viewer = viewer;
    }

    /**
     * @param stable how long nothing may be missing
     * @param deadline after which it is given up
     * @return the last view
     * @throws FleetException of kind REFUSED with what was still missing at the deadline; FAILED at once when a login, a
     *     host key or a name stands in the way, which no waiting changes. After a fault it may: that node let us in before
     */
    public View await(Duration stable, Duration deadline) throws FleetException {
        Deadline end = Deadline.in(deadline);
        OptionalLong steadySince = OptionalLong.empty();
        List<String> told = List.of();
        while (true) {
            long now = System.nanoTime();
            View view = nodes.view();
            List<String> missing = missing(view);
            viewer.see(stage, view, missing);
            if (stage != Stage.AFTER && !view.obstacles().isEmpty()) {
                throw FleetException.failed(view.obstacles());
            }
            if (missing.isEmpty()) {
                steadySince = OptionalLong.of(steadySince.orElse(now));
                if (System.nanoTime() - steadySince.getAsLong() >= stable.toNanos()) {
                    return view;
                }
            } else {
                steadySince = OptionalLong.empty();
            }
            for (String line : missing) {
                if (!told.contains(line)) {
                    progress.say("waiting: " + line);
                }
            }
            told = missing;
            if (end.isOver()) {
                List<String> reasons = new ArrayList<>();
                reasons.add("not steady" + (stable.isZero() ? "" : " for " + stable.toSeconds() + " s") + " within "
                        + deadline.toSeconds() + " s");
                reasons.addAll(missing);
                throw FleetException.refused(reasons);
            }
            Pause.of(POLL_INTERVAL, "interrupted while waiting for a steady cluster");
        }
    }

    /** What is missing now, as the agents and as a client see it. */
    public List<String> missing(View view) {
        List<String> missing = new ArrayList<>(new SteadyState(file).missing(view));
        for (Frontend frontend : file.cluster().frontends()) {
            for (Target target : Targets.of(file.cluster(), frontend)) {
                Probe.Answer answer = Probe.ask(target, PROBE_TIMEOUT);
                if (!answer.good()) {
                    missing.add(frontend.name() + ": " + target + " gives no answer here: " + answer.detail());
                }
            }
        }
        return missing;
    }
}
