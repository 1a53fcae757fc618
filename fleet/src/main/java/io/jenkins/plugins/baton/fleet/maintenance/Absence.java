package io.jenkins.plugins.baton.fleet.maintenance;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.jmx.Health;
import io.jenkins.plugins.baton.jmx.status.BackendStatus;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** When a node is out of service. Pure. */
final class Absence {
    private static final Set<Health> NO_NEW_CONNECTIONS = Set.of(Health.DRAIN, Health.DOWN);

    private final String node;
    private final Servers servers;

    Absence(Cluster cluster, String node) {
        this.node = node;
        this.servers = new Servers(cluster, node);
    }

    /** What keeps the node from being out of service, a sentence each; empty when it is. */
    List<String> missing(View view) {
        List<String> missing = new ArrayList<>(view.unanswered().values());
        NodeStatus own = view.nodes().get(node);
        if (own != null) {
            own.virtualRouters().stream()
                    .filter(router -> router.isMaster() || !router.suspended())
                    .forEach(router -> missing.add(node + ": "
                            + (router.isMaster() ? "still holds " : "still takes part in the election of ")
                            + router.name()));
        }
        view.nodes()
                .forEach((name, status) -> servers.seenBy(status)
                        .filter(backend -> !NO_NEW_CONNECTIONS.contains(backend.health()))
                        .map(BackendStatus::frontend)
                        .forEach(frontend ->
                                missing.add(name + ": still gives " + node + " new connections for " + frontend)));
        return missing;
    }

    /** Names of the virtual routers whose addresses the node holds. */
    List<String> held(View view) {
        NodeStatus own = view.nodes().get(node);
        return own == null
                ? List.of()
                : own.virtualRouters().stream()
                        .filter(router -> router.isMaster())
                        .map(router -> router.name())
                        .toList();
    }
}
