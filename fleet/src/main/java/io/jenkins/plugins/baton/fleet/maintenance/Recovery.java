package io.jenkins.plugins.baton.fleet.maintenance;

import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.jmx.Health;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import io.jenkins.plugins.baton.jmx.status.RouterStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** When a node that was worked on may serve again. Pure. */
final class Recovery {
    private final ClusterFile file;
    private final String node;
    private final Servers servers;

    Recovery(ClusterFile file, String node) {
        this.file = file;
        this.node = node;
        this.servers = new Servers(file.cluster(), node);
    }

    /** What keeps the node from being healthy, a sentence each; empty when it is. What the others lack does not count. */
    List<String> missing(View view) {
        NodeStatus own = view.nodes().get(node);
        if (own == null) {
            return List.of(view.unanswered().getOrDefault(node, node + ": was not asked"));
        }
        List<String> missing = new ArrayList<>();
        if (!file.hash().equals(own.configHash())) {
            missing.add(node + ": runs another cluster file than this one");
        }
        for (VirtualRouter router : file.cluster().virtualRouters()) {
            Optional<RouterStatus> seen = own.router(router.name());
            if (seen.isEmpty()) {
                missing.add(node + ": does not know the virtual router " + router.name());
            } else if (!seen.get().isReady()) {
                missing.add(node + ": is " + seen.get().state() + " in " + router.name() + " ("
                        + seen.get().stateReason() + ")");
            }
        }
        view.nodes()
                .forEach((name, status) -> servers.seenBy(status)
                        .filter(backend -> backend.health() == Health.DOWN || backend.health() == Health.UNKNOWN)
                        .forEach(
                                backend -> missing.add(name + ": sees the backend " + node + " of " + backend.frontend()
                                        + " " + backend.health() + " (" + backend.lastCheckResult() + ")")));
        return missing;
    }

    /**
     * Whether the machine is about to go: a program that reboots it ends before it is down.
     *
     * @param printed by {@code systemctl is-system-running}, and the path of systemd's file of a planned shutdown if there is
     *     one
     */
    Optional<String> leaving(String printed) {
        List<String> words = printed.lines().map(String::strip).toList();
        if (words.contains("stopping")) {
            return Optional.of(node + ": is shutting down");
        }
        return words.stream().anyMatch(word -> word.startsWith("/"))
                ? Optional.of(node + ": is going to shut down, as `shutdown` was told")
                : Optional.empty();
    }

    /** Whether it is still kept out although the maintenance has ended. */
    List<String> stillOut(View view) {
        NodeStatus own = view.nodes().get(node);
        return own == null
                ? List.of()
                : own.virtualRouters().stream()
                        .filter(RouterStatus::suspended)
                        .map(router ->
                                node + ": is suspended in " + router.name() + "; `baton-agent resume` on it ends that")
                        .toList();
    }
}
