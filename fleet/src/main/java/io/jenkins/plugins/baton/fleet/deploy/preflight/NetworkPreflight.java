package io.jenkins.plugins.baton.fleet.deploy.preflight;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.deploy.inventory.Facts;
import io.jenkins.plugins.baton.fleet.deploy.release.Release;
import io.jenkins.plugins.baton.fleet.network.Firewall;
import io.jenkins.plugins.baton.fleet.network.NetworkTrial;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Real packets from each node to each other, by the release's own program. */
public final class NetworkPreflight {
    private final Cluster cluster;
    private final Release release;
    private final NodeConnections nodes;
    private final Map<String, Facts> facts;
    private final Progress progress;

    /** @param facts by node name; all nodes */
    public NetworkPreflight(
            Cluster cluster, Release release, NodeConnections nodes, Map<String, Facts> facts, Progress progress) {
        this.cluster = cluster;
        this.release = release;
        this.nodes = nodes;
        this.facts = facts;
        this.progress = progress;
    }

    public List<NodeProblem> problems() throws FleetException {
        progress.say("trying whether the network lets VRRP, the peer link and the frontends through");
        Set<String> running = new LinkedHashSet<>();
        Map<String, Firewall> firewalls = new LinkedHashMap<>();
        facts.forEach((name, found) -> {
            if (found.one("agent").equals("active")) {
                running.add(name);
            }
            firewalls.put(name, Firewall.parse(found.all("firewall"), found.all("filterChain")));
        });
        return new NetworkTrial(nodes, cluster, running)
                .run(release.program(), firewalls).stream()
                        .map(obstacle -> NodeProblem.error(obstacle.node(), obstacle.text()))
                        .toList();
    }

    /** As {@link #problems}, when no release may be brought to the nodes for it. */
    public List<NodeProblem> problemsWithoutUpload() throws FleetException {
        String id = release.id();
        if (facts.values().stream().allMatch(found -> found.has("release", id))) {
            return problems();
        }
        return List.of(NodeProblem.warning(
                "",
                "whether the network lets through "
                        + "what the agents send is tried by the deployment itself, with the release that it brings"));
    }
}
