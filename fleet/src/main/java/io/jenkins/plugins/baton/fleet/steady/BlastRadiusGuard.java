package io.jenkins.plugins.baton.fleet.drill;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.jmx.status.BackendStatus;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import io.jenkins.plugins.baton.jmx.status.RouterStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How much a drill may break. Pure. */
final class BlastRadiusGuard {
    private BlastRadiusGuard() {}

    /**
     * @param target the node that would be hit
     * @param minHealthy how many nodes must stay able to hold the virtual address
     * @return why the drill must not begin, a sentence each; empty when it may
     */
    static List<String> objections(Cluster cluster, View view, Scenario scenario, String target, int minHealthy) {
        List<String> objections = new ArrayList<>();
        if (scenario.takesAgent() || scenario == Scenario.HANDOVER) {
            long able = view.nodes().entrySet().stream()
                    .filter(node -> !node.getKey().equals(target))
                    .filter(node -> able(node.getValue()))
                    .count();
            if (able < minHealthy) {
                objections.add(scenario.word() + " on " + target + " would leave " + able
                        + " nodes that can hold the virtual address, and " + minHealthy
                        + " are demanded; repair the others first, or lower --min-healthy");
            }
        }
        if (scenario.takesServer()) {
            for (Frontend frontend : cluster.frontends()) {
                quorum(frontend, view, scenario, target).ifPresent(objections::add);
            }
        }
        return objections;
    }

    private static boolean able(NodeStatus status) {
        return status.virtualRouters().stream().allMatch(RouterStatus::isReady);
    }

    /** What stands behind is taken for a quorum of its members: etcd is, and so are stacked control-plane nodes. */
    private static Optional<String> quorum(Frontend frontend, View view, Scenario scenario, String target) {
        int members = frontend.backends().size();
        long left = frontend.backends().stream()
                .filter(backend -> !backend.name().equals(target))
                .filter(backend -> upForAll(frontend.name(), backend.name(), view.nodes()))
                .count();
        int majority = members / 2 + 1;
        if (left >= majority || members == 1 && left == 1) {
            return Optional.empty();
        }
        return Optional.of(scenario.word() + " on " + target + " would leave " + left + " of " + members
                + " servers behind " + frontend.name() + ", which is no majority (" + majority
                + "): what needs a quorum, as etcd does, would stop");
    }

    private static boolean upForAll(String frontend, String backend, Map<String, NodeStatus> nodes) {
        return nodes.values().stream()
                .allMatch(status -> status.frontend(frontend).stream()
                        .flatMap(f -> f.backends().stream())
                        .filter(b -> b.name().equals(backend))
                        .anyMatch(BackendStatus::isUp));
    }
}
