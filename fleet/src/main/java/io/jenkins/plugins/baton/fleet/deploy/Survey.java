package io.jenkins.plugins.baton.fleet.deploy;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.fleet.FileTrouble;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.deploy.inventory.Facts;
import io.jenkins.plugins.baton.fleet.deploy.inventory.Installed;
import io.jenkins.plugins.baton.fleet.deploy.keys.GroupKeys;
import io.jenkins.plugins.baton.fleet.deploy.plan.Change;
import io.jenkins.plugins.baton.fleet.deploy.plan.Intention;
import io.jenkins.plugins.baton.fleet.deploy.plan.Plan;
import io.jenkins.plugins.baton.fleet.deploy.plan.Planning;
import io.jenkins.plugins.baton.fleet.deploy.plan.TurnOrder;
import io.jenkins.plugins.baton.fleet.deploy.preflight.CertificateCheck;
import io.jenkins.plugins.baton.fleet.deploy.preflight.NodeProblems;
import io.jenkins.plugins.baton.fleet.deploy.preflight.Preflight;
import io.jenkins.plugins.baton.fleet.deploy.removal.RemovedNodes;
import io.jenkins.plugins.baton.fleet.status.View;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a deployment finds and what it is going to do. Nothing is changed for it.
 *
 * @param facts by node
 * @param running the clusters by which the nodes' agents run, by node
 * @param removed nodes that the new file has no more
 * @param changes in the order of the nodes' turns
 * @param keys what becomes of the group's keys; empty when the file has none
 * @param intention the plan and all that belongs to it
 */
record Survey(
        Map<String, Facts> facts,
        Map<String, Cluster> running,
        RemovedNodes removed,
        List<Change> changes,
        Optional<GroupKeys> keys,
        Intention intention,
        NodeProblems problems)
        implements AutoCloseable {
    /** VRRP version 2 in the guides' setting advertises every 3 s. */
    private static final Duration LISTEN = Duration.ofSeconds(4);

    static Survey of(DeploymentTask task, DeploymentListener listener) throws FleetException {
        Cluster cluster = task.cluster();
        task.progress().say("looking at " + cluster.nodes().size() + " nodes and listening for other VRRP groups");
        Map<String, Facts> facts = task.nodes().each(connection -> Facts.of(connection, cluster, LISTEN));
        Map<String, Installed> installed = task.nodes().each(Installed::on);
        RemovedNodes removed = RemovedNodes.of(cluster, installed.values(), task.nodes());
        try {
            return of(task, facts, installed, removed, listener);
        } catch (FleetException | RuntimeException e) {
            removed.close();
            throw e;
        }
    }

    private static Survey of(
            DeploymentTask task,
            Map<String, Facts> facts,
            Map<String, Installed> installed,
            RemovedNodes removed,
            DeploymentListener listener)
            throws FleetException {
        NodeProblems problems = new NodeProblems();
        problems.add(
                new Preflight(task.cluster(), task.release(), task.options().replaceKeepalived()).problems(facts));
        problems.add(CertificateCheck.problems(task.cluster()));
        problems.add(removed.problems());
        View view = task.nodes().view();
        listener.found(view);
        List<Change> changes = TurnOrder.of(needed(task, facts), task.cluster(), view);
        Optional<GroupKeys> keys = keys(task, facts, installed);
        String text = text(task);
        Plan plan = new Planning(task.release(), task.cluster(), text, facts, installed, view)
                .plan(changes, removed.agents())
                .with(keys.map(GroupKeys::plan).orElse(Map.of()));
        Intention intention = Intention.of(task.release().id(), plan, problems.sentences(), text, installed);
        return new Survey(facts, running(installed), removed, changes, keys, intention, problems);
    }

    private static List<Change> needed(DeploymentTask task, Map<String, Facts> facts) {
        boolean replaceKeepalived = task.options().replaceKeepalived();
        return facts.entrySet().stream()
                .map(node ->
                        Change.needed(node.getKey(), node.getValue(), task.release(), task.file(), replaceKeepalived))
                .filter(Change::isNeeded)
                .toList();
    }

    private static Map<String, Cluster> running(Map<String, Installed> installed) {
        Map<String, Cluster> running = new LinkedHashMap<>();
        installed.forEach((name, found) -> found.cluster().ifPresent(cluster -> running.put(name, cluster)));
        return running;
    }

    private static Optional<GroupKeys> keys(
            DeploymentTask task, Map<String, Facts> facts, Map<String, Installed> installed) throws FleetException {
        boolean rotate = task.options().rotateSecret();
        if (task.cluster().secret().isEmpty()) {
            if (rotate) {
                throw FleetException.badInput(
                        "there is no `secret` in " + task.file().path() + " whose key could be replaced");
            }
            return Optional.empty();
        }
        return Optional.of(GroupKeys.look(
                task.cluster().secret().get().toString(),
                task.nodes(),
                GroupKeys.unsigned(facts, installed),
                rotate,
                task.progress()));
    }

    private static String text(DeploymentTask task) throws FleetException {
        try {
            return Files.readString(task.file().path());
        } catch (IOException e) {
            throw FleetException.badInput(
                    "the cluster file " + task.file().path() + " cannot be read: " + FileTrouble.reason(e));
        }
    }

    Plan plan() {
        return intention.plan();
    }

    @Override
    public void close() {
        removed.close();
    }
}
