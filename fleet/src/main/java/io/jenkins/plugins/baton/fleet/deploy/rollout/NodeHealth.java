package io.jenkins.plugins.baton.fleet.deploy.rollout;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.deploy.plan.RouterChange;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.jmx.Health;
import io.jenkins.plugins.baton.jmx.status.BackendStatus;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is wrong with a node after its change, by what the nodes say. Pure. */
final class NodeHealth {
    private final ClusterFile file;
    private final Map<String, Cluster> installed;

    /** @param installed what the nodes run until their turn comes, by name */
    NodeHealth(ClusterFile file, Map<String, Cluster> installed) {
        this.file = file;
        this.installed = installed;
    }

    /**
     * @param changed the nodes that had their turn
     * @return a sentence without its subject; empty when nothing is wrong
     */
    Optional<String> problem(String node, View view, List<String> changed) {
        NodeStatus status = view.nodes().get(node);
        if (status == null) {
            return Optional.of(view.unanswered().get(node));
        }
        return ownState(status).or(() -> unheardMaster(status, changed)).or(() -> secondMaster(node, view, changed));
    }

    private Optional<String> ownState(NodeStatus status) {
        if (!file.hash().equals(status.configHash())) {
            return Optional.of("its agent does not use this cluster file");
        }
        if (status.virtualRouters().size() < file.cluster().virtualRouters().size()
                || status.frontends().size() < file.cluster().frontends().size()) {
            return Optional.of("runs, but has not begun: `baton-agent status` on it says what it waits for");
        }
        return status.virtualRouters().stream()
                .filter(router -> !router.isReady())
                .findFirst()
                .map(router -> "is " + router.state() + " in " + router.name() + ": " + router.stateReason())
                .or(() -> backends(status));
    }

    private static Optional<String> backends(NodeStatus status) {
        List<String> unknown = status.frontends().stream()
                .flatMap(frontend -> frontend.backends().stream())
                .filter(backend -> backend.health() == Health.UNKNOWN)
                .map(BackendStatus::name)
                .toList();
        if (!unknown.isEmpty()) {
            return Optional.of("has not checked " + String.join(", ", unknown) + " yet");
        }
        boolean served = status.frontends().stream()
                .allMatch(frontend -> frontend.backends().stream().anyMatch(BackendStatus::isUp));
        return served ? Optional.empty() : Optional.of("sees no backend up");
    }

    /**
     * Adverts of this group that do not arrive: the peer link alone keeps the two from being MASTER at once, and it
     * ends with the network that carries both.
     */
    private Optional<String> unheardMaster(NodeStatus status, List<String> changed) {
        for (VirtualRouter router : file.cluster().virtualRouters()) {
            List<String> unheard = status.router(router.name()).stream()
                    .flatMap(seen -> seen.unheardMasters().stream())
                    .filter(other -> inGroup(router, other, changed))
                    .toList();
            if (!unheard.isEmpty()) {
                return Optional.of("does not hear the advertisements of " + String.join(", ", unheard)
                        + ", which is MASTER in " + router.name() + " by its peer link (" + adverts(router) + ")");
            }
        }
        return Optional.empty();
    }

    /** Another node that holds the address too, as far as the two belong to one group. */
    private Optional<String> secondMaster(String node, View view, List<String> changed) {
        for (VirtualRouter router : held(node, view)) {
            Optional<String> second = view.masters(router.name()).stream()
                    .filter(other -> !other.equals(node) && inGroup(router, other, changed))
                    .findFirst();
            if (second.isPresent()) {
                return Optional.of(twoMasters(router, second.get() + " is too"));
            }
        }
        return Optional.empty();
    }

    /**
     * A node that waits for its turn and still has an address that this one holds, by keepalived or something else.
     *
     * @param addresses which of the virtual addresses the nodes without an agent have, by the nodes' names
     */
    Optional<String> secondHolder(String node, View view, Map<String, Set<String>> addresses) {
        for (VirtualRouter router : held(node, view)) {
            Optional<String> second = addresses.entrySet().stream()
                    .filter(other -> addresses(router).stream().anyMatch(other.getValue()::contains))
                    .map(Map.Entry::getKey)
                    .findFirst();
            if (second.isPresent()) {
                return Optional.of(
                        twoMasters(router, second.get() + ", which has no agent yet, has the virtual address too"));
            }
        }
        return Optional.empty();
    }

    /** The virtual addresses that the node holds by what it says. */
    List<String> addresses(String node, View view) {
        return held(node, view).stream()
                .flatMap(router -> addresses(router).stream())
                .toList();
    }

    private static List<String> addresses(VirtualRouter router) {
        return router.addresses().stream()
                .map(address -> address.address().getHostAddress())
                .toList();
    }

    private List<VirtualRouter> held(String node, View view) {
        return file.cluster().virtualRouters().stream()
                .filter(router -> view.masters(router.name()).contains(node))
                .toList();
    }

    private static String twoMasters(VirtualRouter router, String other) {
        return "is MASTER in " + router.name() + " while " + other + ": they do not hear each other's advertisements ("
                + adverts(router) + ")";
    }

    private static String adverts(VirtualRouter router) {
        return "VRRP, IP protocol 112, on the interface " + router.interfaceName();
    }

    /** Whether the other node has this file's settings of the router, or those it has now let the two hear each other. */
    private boolean inGroup(VirtualRouter router, String other, List<String> changed) {
        if (changed.contains(other)) {
            return true;
        }
        Cluster old = installed.get(other);
        return old == null || old.virtualRouters().stream().anyMatch(one -> RouterChange.sameGroup(one, router));
    }
}
