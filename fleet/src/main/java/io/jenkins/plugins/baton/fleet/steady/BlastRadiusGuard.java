package io.jenkins.plugins.baton.fleet.steady;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.jmx.status.BackendStatus;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How much may be taken out of service. Pure. */
public final class BlastRadiusGuard {
    private BlastRadiusGuard() {}

    /**
     * What somebody wants to take away for a while.
     *
     * @param purpose for a person, as in {@code agent-kill on m1}
     * @param node whose it is
     * @param agent whether the node could not hold the virtual address meanwhile
     * @param server whether its servers would not answer meanwhile
     */
    public record Removal(String purpose, String node, boolean agent, boolean server) {}

    /**
     * @param view of a steady cluster
     * @param minHealthy how many other nodes must stay able to hold the virtual address
     * @return why it must not begin, a sentence each; empty when it may
     */
    public static List<String> objections(Cluster cluster, View view, Removal removal, int minHealthy) {
        List<String> objections = new ArrayList<>();
        if (removal.agent()) {
            long able = view.nodes().entrySet().stream()
                    .filter(node -> !node.getKey().equals(removal.node()))
                    .filter(node -> able(node.getValue()))
                    .count();
            if (able < minHealthy) {
                objections.add(
                        removal.purpose() + " would leave " + able
                                + " nodes that can hold the virtual address, and " + minHealthy
                                + " are demanded; repair the others first, or demand fewer (--min-healthy; in Jenkins minHealthy)");
            }
        }
        if (removal.server()) {
            for (Frontend frontend : cluster.frontends()) {
                quorum(frontend, view, removal).ifPresent(objections::add);
            }
        }
        return objections;
    }

    private static boolean able(NodeStatus status) {
        return status.virtualRouters().stream().allMatch(router -> router.isReady() && !router.suspended());
    }

    /** What stands behind is taken for a quorum of its members: etcd is, and so are stacked control-plane nodes. */
    private static Optional<String> quorum(Frontend frontend, View view, Removal removal) {
        int members = frontend.backends().size();
        long left = frontend.backends().stream()
                .filter(backend -> !backend.name().equals(removal.node()))
                .filter(backend -> upForAll(frontend.name(), backend.name(), view.nodes()))
                .count();
        int majority = members / 2 + 1;
        if (left >= majority) {
            return Optional.empty();
        }
        return Optional.of(removal.purpose() + " would leave " + left + " of " + members
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
