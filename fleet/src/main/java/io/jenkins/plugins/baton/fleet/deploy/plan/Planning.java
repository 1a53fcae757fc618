package io.jenkins.plugins.baton.fleet.deploy.plan;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.fleet.deploy.inventory.Facts;
import io.jenkins.plugins.baton.fleet.deploy.inventory.Installed;
import io.jenkins.plugins.baton.fleet.deploy.release.Release;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what runs with what is to run. Pure. */
public final class Planning {
    private final Release release;
    private final Cluster cluster;
    private final String text;
    private final Map<String, Facts> facts;
    private final Map<String, Installed> installed;
    private final View view;

    /**
     * @param text of the new cluster file
     * @param installed by node
     */
    public Planning(
            Release release,
            Cluster cluster,
            String text,
            Map<String, Facts> facts,
            Map<String, Installed> installed,
            View view) {
        this.release = release;
        this.cluster = cluster;
        this.text = text;
        this.facts = facts;
        this.installed = installed;
        this.view = view;
    }

    /**
     * @param changes in the order of their turns
     * @param leaving nodes that have our agent and are not in the new file
     */
    public Plan plan(List<Change> changes, List<Node> leaving) {
        List<Plan.NodePlan> nodes = new ArrayList<>();
        leaving.forEach(
                node -> nodes.add(
                        new Plan.NodePlan(
                                node.name(),
                                List.of(
                                        "is not in this file any more and still "
                                                + "runs its agent, which would go on with its VRID and virtual addresses: it is taken off, as by undeploy"))));
        changes.forEach(change -> nodes.add(new Plan.NodePlan(change.node(), steps(change))));
        return new Plan(nodes, nodes.isEmpty() ? List.of() : clients(changes));
    }

    private List<String> steps(Change change) {
        Facts found = facts.get(change.node());
        List<String> steps = new ArrayList<>();
        if (!change.displaced().isEmpty()) {
            steps.add("stops and disables " + String.join(" and ", change.displaced()));
        }
        if (change.switchRelease()) {
            String current = found.one("currentRelease");
            boolean same = current.equals(release.id());
            steps.add(
                    change.first()
                            ? "gets the agent " + release.id() + ", its user, its unit and its start at boot"
                            : same
                                    ? "its agent, which is " + found.one("agent") + " and " + found.one("enabled")
                                            + ", starts, and starts at boot"
                                    : "goes from release " + current + " to " + release.id()
                                            + (change.upload() ? " (uploaded)" : "") + "; its agent restarts");
        }
        if (found.has("unit", "changed")) {
            steps.add("its unit baton-agent.service was changed on the node and is written again");
        }
        found.all("dropIn").forEach(file -> steps.add("its drop-in " + file + " stays"));
        if (change.configure() && !change.first()) {
            steps.add(change.reloads() ? "its agent reads the changed cluster file:" : "its cluster file changes:");
            LineDiff.of(installed.get(change.node()).text(), text).forEach(line -> steps.add("  " + line));
        }
        return steps;
    }

    private List<String> clients(List<Change> changes) {
        Set<String> sentences = new LinkedHashSet<>();
        installed.values().stream()
                .flatMap(file -> file.cluster().stream())
                .distinct()
                .forEach(before -> sentences.addAll(Consequences.of(before, cluster)));
        installed.forEach((node, file) -> {
            if (!file.text().isEmpty() && file.cluster().isEmpty()) {
                sentences.add(
                        "what " + node + " runs by cannot be read by this program, so that what ends is not known");
            }
        });
        for (Change change : changes) {
            if (!change.displaced().isEmpty() && change.holdsAddress()) {
                sentences.add("connections through " + String.join(" and ", change.displaced()) + " of " + change.node()
                        + " are lost when the virtual address leaves it; new ones succeed");
            }
            if (!change.reloads() && proxies(change.node())) {
                sentences.add("connections through the proxy of " + change.node()
                        + " have timeouts.drain to end when its agent restarts, then they are reset; new ones succeed");
            }
        }
        return new ArrayList<>(sentences);
    }

    private boolean proxies(String node) {
        NodeStatus status = view.nodes().get(node);
        return status != null
                && status.frontends().stream().anyMatch(frontend -> "PROXY".equalsIgnoreCase(frontend.plane()));
    }
}
