package io.jenkins.plugins.baton.fleet.deploy.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a deployment is going to do.
 *
 * @param nodes those that change, in the order of their turns
 * @param clients what clients will notice, a sentence each
 */
public record Plan(List<NodePlan> nodes, List<String> clients) {

    /** @param steps what changes on it, a line each */
    public record NodePlan(String node, List<String> steps) {
        public NodePlan {
            steps = List.copyOf(steps);
        }
    }

    public Plan {
        nodes = List.copyOf(nodes);
        clients = List.copyOf(clients);
    }

    /** With one more line for some nodes; those that have no other come last. */
    public Plan with(Map<String, String> more) {
        List<NodePlan> all = new ArrayList<>();
        Map<String, String> rest = new LinkedHashMap<>(more);
        for (NodePlan node : nodes) {
            List<String> steps = new ArrayList<>(node.steps());
            Optional.ofNullable(rest.remove(node.node())).ifPresent(steps::add);
            all.add(new NodePlan(node.node(), steps));
        }
        rest.forEach((node, step) -> all.add(new NodePlan(node, List.of(step))));
        return new Plan(all, clients);
    }

    /** For a person. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (NodePlan node : nodes) {
            node.steps().forEach(step -> lines.add("plan: " + node.node() + ": " + step));
        }
        if (nodes.isEmpty()) {
            lines.add("plan: nothing to change");
        } else if (clients.isEmpty()) {
            lines.add("plan: clients notice nothing");
        }
        clients.forEach(sentence -> lines.add("plan: clients: " + sentence));
        return lines;
    }
}
