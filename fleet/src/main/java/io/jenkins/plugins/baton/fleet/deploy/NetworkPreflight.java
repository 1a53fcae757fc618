package io.jenkins.plugins.baton.fleet.deploy;

import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.network.Firewall;
import io.jenkins.plugins.baton.fleet.network.NetworkTrial;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Real packets from each node to each other, by the release's own program. */
final class NetworkPreflight {
    private final DeploymentTask task;
    private final Map<String, Facts> facts;

    NetworkPreflight(DeploymentTask task, Map<String, Facts> facts) {
        this.task = task;
        this.facts = facts;
    }

    List<NodeProblem> problems() throws FleetException {
        task.progress().say("trying whether the network lets VRRP, the peer link and the frontends through");
        Set<String> running = new LinkedHashSet<>();
        Map<String, Firewall> firewalls = new LinkedHashMap<>();
        facts.forEach((name, found) -> {
            if (found.one("agent").equals("active")) {
                running.add(name);
            }
            firewalls.put(name, Firewall.parse(found.all("firewall"), found.all("filterChain")));
        });
        return new NetworkTrial(task.nodes(), task.cluster(), running)
                .run(task.release().program(), firewalls).stream()
                        .map(obstacle -> NodeProblem.error(obstacle.node(), obstacle.text()))
                        .toList();
    }

    /** As {@link #problems}, when no release may be brought to the nodes for it. */
    List<NodeProblem> problemsWithoutUpload() throws FleetException {
        String id = task.release().id();
        if (facts.values().stream().allMatch(found -> found.has("release", id))) {
            return problems();
        }
        return List.of(NodeProblem.warning(
                "",
                "whether the network lets through "
                        + "what the agents send is tried by the deployment itself, with the release that it brings"));
    }
}
