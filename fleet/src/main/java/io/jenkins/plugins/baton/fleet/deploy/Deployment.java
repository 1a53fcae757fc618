package io.jenkins.plugins.baton.fleet.deploy;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.deploy.plan.Change;
import io.jenkins.plugins.baton.fleet.deploy.plan.Plan;
import io.jenkins.plugins.baton.fleet.deploy.preflight.NetworkPreflight;
import io.jenkins.plugins.baton.fleet.deploy.preflight.NodeProblems;
import io.jenkins.plugins.baton.fleet.deploy.release.Release;
import io.jenkins.plugins.baton.fleet.deploy.rollout.NodeRollout;
import io.jenkins.plugins.baton.fleet.deploy.rollout.RolloutState;
import io.jenkins.plugins.baton.fleet.nodes.Lock;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.nodes.Script;
import io.jenkins.plugins.baton.fleet.steady.SteadyStateWaiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings all nodes to a release and a cluster file: looks at everything first, then changes one node after the other,
 * the holder of the virtual addresses last. Nodes that are as they should be are not touched.
 */
public final class Deployment {
    private static final Duration STABLE = Duration.ofSeconds(1);
    private static final Duration STEADY = Duration.ofSeconds(60);

    /** What an interrupted one may take to put a node back, which may be booting. */
    public static final Duration WAY_BACK = Duration.ofMinutes(4);

    private final DeploymentTask task;
    private final Progress progress;
    private final DeploymentListener listener;

    /** @param replaceKeepalived stop a running keepalived and haproxy on each node when its turn comes */
    public Deployment(
            ClusterFile file, Release release, NodeConnections nodes, boolean replaceKeepalived, Progress progress) {
        this(file, release, nodes, new Options(replaceKeepalived, false, false), progress);
    }

    public Deployment(ClusterFile file, Release release, NodeConnections nodes, Options options, Progress progress) {
        this(file, release, nodes, options, progress, DeploymentListener.NONE);
    }

    public Deployment(
            ClusterFile file,
            Release release,
            NodeConnections nodes,
            Options options,
            Progress progress,
            DeploymentListener listener) {
        this.listener = listener;
        this.task = new DeploymentTask(file, release, nodes, options, progress);
        this.progress = progress;
    }

    /**
     * @param changed the nodes that were changed, in that order
     * @param warnings what the preflight said without forbidding it
     * @param plan what was to be done
     */
    public record Result(List<String> changed, List<String> warnings, Plan plan) {
        public Result {
            changed = List.copyOf(changed);
            warnings = List.copyOf(warnings);
        }
    }

    /** @throws FleetException REFUSED with every finding of the preflight, FAILED when a node had to be rolled back */
    public Result run() throws FleetException {
        boolean planOnly = task.options().planOnly();
        Lock lock = Lock.take(task.nodes(), planOnly ? "deploy --plan" : "deploy", progress);
        try (Survey survey = Survey.of(task, listener)) {
            NodeProblems problems = survey.problems();
            survey.plan().lines().forEach(progress::say);
            listener.intends(survey.intention());
            problems.refuseErrors();
            problems.sentences().forEach(progress::say);
            List<String> changed = planOnly ? tryNetwork(survey) : carryOut(survey);
            return new Result(changed, problems.sentences(), survey.plan());
        } finally {
            lock.close();
        }
    }

    /** @return the changed nodes: none */
    private List<String> tryNetwork(Survey survey) throws FleetException {
        survey.problems().add(networkPreflight(survey).problemsWithoutUpload());
        survey.problems().refuseErrors();
        return List.of();
    }

    /** @return the changed nodes */
    private List<String> carryOut(Survey survey) throws FleetException {
        List<String> changed = new ArrayList<>();
        Staging staging = new Staging(task, survey.changes());
        try {
            return carryOut(survey, staging, changed);
        } finally {
            staging.withdraw();
        }
    }

    private List<String> carryOut(Survey survey, Staging staging, List<String> changed) throws FleetException {
        tellIfLost(survey, changed, "");
        try {
            staging.prepare();
            survey.problems().add(networkPreflight(survey).problems());
            survey.problems().refuseErrors();
            if (survey.plan().nodes().isEmpty()) {
                progress.say("every node runs " + task.release().id() + " with this cluster file: nothing to change");
                return changed;
            }
            survey.removed().remove(progress, changed);
            if (survey.keys().isPresent()) {
                survey.keys().get().prepare();
            }
            takeTurns(survey, staging, changed);
        } finally {
            staging.forgetUnused(changed);
        }
        if (survey.keys().isPresent()) {
            survey.keys()
                    .get()
                    .finish(survey.changes().stream().map(Change::node).toList());
        }
        awaitSteady(changed);
        task.nodes()
                .each(connection -> connection.require(
                        "remove old releases",
                        Script.of(
                                Deployment.class,
                                "clean-up.sh",
                                List.of(task.release().id()))));
        return changed;
    }

    private NetworkPreflight networkPreflight(Survey survey) {
        return new NetworkPreflight(task.cluster(), task.release(), task.nodes(), survey.facts(), progress);
    }

    private void takeTurns(Survey survey, Staging staging, List<String> changed) throws FleetException {
        NodeRollout rollout = new NodeRollout(task.file(), task.release(), task.nodes(), survey.running(), progress);
        for (Change change : survey.changes()) {
            if (Thread.currentThread().isInterrupted()) {
                throw FleetException.failed(List.of("interrupted between two turns: "
                        + rolloutState(survey, changed, "").sentence()));
            }
            tellIfLost(survey, changed, change.node());
            rollout.of(change, changed, staging.forget(change));
            changed.add(change.node());
            tellIfLost(survey, changed, "");
        }
    }

    /** For who loses sight of this deployment from now on. */
    private void tellIfLost(Survey survey, List<String> changed, String inTurn) {
        progress.begin(rolloutState(survey, changed, inTurn).sentence());
    }

    private static RolloutState rolloutState(Survey survey, List<String> changed, String inTurn) {
        return new RolloutState(
                List.copyOf(changed),
                inTurn,
                survey.changes().stream()
                        .map(Change::node)
                        .filter(node -> !changed.contains(node) && !node.equals(inTurn))
                        .toList());
    }

    /** The nodes are changed by now: what is missing is a failure, and no refusal. */
    private void awaitSteady(List<String> changed) throws FleetException {
        try {
            new SteadyStateWaiter(task.file(), task.nodes(), progress).await(STABLE, STEADY);
        } catch (FleetException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw FleetException.failed(
                        List.of("interrupted after the last turn: every node has the new release and "
                                + "cluster file, and nobody has waited for a steady cluster"));
            }
            if (e.kind() != FleetException.Kind.REFUSED) {
                throw e;
            }
            List<String> reasons = new ArrayList<>();
            reasons.add("changed: " + (changed.isEmpty() ? "the group's keys" : String.join(", ", changed))
                    + "; each was healthy in its turn, but the cluster is");
            reasons.addAll(e.getMessage().lines().toList());
            throw FleetException.failed(reasons);
        }
    }
}
