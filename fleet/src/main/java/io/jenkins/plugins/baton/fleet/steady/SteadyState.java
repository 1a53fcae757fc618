package io.jenkins.plugins.baton.fleet.steady;

import io.jenkins.plugins.baton.cluster.Backend;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.jmx.status.BackendStatus;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import io.jenkins.plugins.baton.jmx.status.RouterStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of a steady cluster: every agent answers and runs this cluster file, every virtual router has exactly one
 * MASTER and BACKUPs that know it, and every backend is up as every node sees it. Pure.
 */
public final class SteadyState {
    private final ClusterFile file;

    public SteadyState(ClusterFile file) {
        this.file = file;
    }

    /** What is missing, a sentence each; empty when the cluster is steady. */
    public List<String> missing(View view) {
        List<String> missing = new ArrayList<>(view.unanswered().values());
        view.nodes().forEach((name, status) -> otherFile(status).ifPresent(says -> missing.add(name + ": " + says)));
        Cluster cluster = file.cluster();
        cluster.virtualRouters().forEach(router -> missing.addAll(missing(router, view)));
        cluster.frontends().forEach(frontend -> missing.addAll(missing(frontend, view)));
        return missing;
    }

    private static List<String> missing(VirtualRouter router, View view) {
        List<String> missing = new ArrayList<>();
        List<String> masters = view.masters(router.name());
        if (masters.isEmpty()) {
            missing.add(router.name() + ": no node is MASTER");
        } else if (masters.size() > 1) {
            missing.add(router.name() + ": " + String.join(" and ", masters)
                    + " are MASTER at once; do they hear each other's advertisements?");
        }
        for (Map.Entry<String, NodeStatus> node : view.nodes().entrySet()) {
            Optional<RouterStatus> seen = node.getValue().router(router.name());
            if (seen.isEmpty()) {
                missing.add(node.getKey() + ": does not know the virtual router " + router.name());
                continue;
            }
            RouterStatus status = seen.get();
            if (!status.isReady()) {
                missing.add(node.getKey() + ": is " + status.state() + " in " + router.name() + " ("
                        + status.stateReason() + ")");
            } else {
                otherHolder(status, masters).ifPresent(says -> missing.add(node.getKey() + ": " + says));
            }
        }
        return missing;
    }

    /** Nodes that run another file or take another node for the holder, with what they say. */
    public Map<String, String> disagreeing(View view) {
        Map<String, String> disagreeing = new LinkedHashMap<>();
        view.nodes().forEach((name, status) -> {
            List<String> says = new ArrayList<>();
            otherFile(status).ifPresent(says::add);
            status.virtualRouters()
                    .forEach(router ->
                            otherHolder(router, view.masters(router.name())).ifPresent(says::add));
            if (!says.isEmpty()) {
                disagreeing.put(name, String.join("; ", says));
            }
        });
        return disagreeing;
    }

    private Optional<String> otherFile(NodeStatus status) {
        return file.hash().equals(status.configHash())
                ? Optional.empty()
                : Optional.of("runs another cluster file (" + shortHash(status.configHash()) + ", here "
                        + shortHash(file.hash()) + "). Deploy this file, or use that one");
    }

    private static Optional<String> otherHolder(RouterStatus router, List<String> masters) {
        if (masters.size() != 1 || masters.get(0).equals(router.holder())) {
            return Optional.empty();
        }
        return Optional.of(
                (router.holder().isEmpty() ? "knows no holder" : "takes " + router.holder() + " for the holder")
                        + " of " + router.name() + ", which is " + masters.get(0));
    }

    private static List<String> missing(Frontend frontend, View view) {
        List<String> missing = new ArrayList<>();
        view.nodes().forEach((name, status) -> {
            List<BackendStatus> seen =
                    status.frontend(frontend.name()).map(f -> f.backends()).orElse(List.of());
            for (Backend backend : frontend.backends()) {
                Optional<BackendStatus> found = seen.stream()
                        .filter(b -> b.name().equals(backend.name()))
                        .findFirst();
                if (found.isEmpty()) {
                    missing.add(name + ": does not know the backend " + backend.name() + " of " + frontend.name());
                } else if (!found.get().isUp()) {
                    missing.add(name + ": sees the backend " + backend.name() + " of " + frontend.name() + " "
                            + found.get().health() + " (" + found.get().lastCheckResult() + ")");
                }
            }
        });
        return missing;
    }

    /** Strangers on the LAN, and adverts that do not arrive: a cluster works beside them, but somebody should know. */
    public static List<String> warnings(View view) {
        List<String> warnings = new ArrayList<>();
        view.nodes()
                .forEach((name, status) -> status.virtualRouters().forEach(router -> {
                    router.conflicts()
                            .forEach(conflict -> warnings.add(name + ": " + conflict.message() + " (" + conflict.count()
                                    + " packets since " + conflict.since() + ")"));
                    router.unheardMasters()
                            .forEach(other -> warnings.add(name + ": the adverts of " + other + ", which is MASTER of "
                                    + router.name() + " by its peer link, do not arrive"
                                    + (router.isMaster() ? ", and both are MASTER" : "")
                                    + "; let protocol 112 pass between the nodes"));
                }));
        return warnings;
    }

    private static String shortHash(String hash) {
        return hash == null || hash.isEmpty() ? "none" : hash.substring(0, Math.min(12, hash.length()));
    }
}
