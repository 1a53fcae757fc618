package io.jenkins.plugins.baton.fleet.deploy.removal;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.deploy.inventory.Installed;
import io.jenkins.plugins.baton.fleet.deploy.preflight.NodeProblem;
import io.jenkins.plugins.baton.fleet.nodes.Layout;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Nodes that were in the cluster and are not in the new file. Their agents go before the others get it: those would take
 * such a node for a stranger, and it would go on with their VRID and their virtual addresses.
 */
public final class RemovedNodes implements AutoCloseable {
    private final NodeConnections nodes;
    private final Cluster before;
    private final List<Node> agents = new ArrayList<>();
    private final List<NodeProblem> problems = new ArrayList<>();

    private RemovedNodes(NodeConnections nodes, Cluster before) {
        this.nodes = nodes;
        this.before = before;
    }

    /** Asks those nodes what they run. */
    public static RemovedNodes of(Cluster cluster, Collection<Installed> installed, NodeConnections nodes) {
        List<Cluster> files = installed.stream()
                .flatMap(file -> file.cluster().stream())
                .filter(file -> file.name().equals(cluster.name()))
                .toList();
        Set<InetAddress> staying = cluster.nodes().stream().map(Node::address).collect(Collectors.toSet());
        Map<InetAddress, Node> gone = new LinkedHashMap<>();
        files.forEach(file -> file.nodes().stream()
                .filter(node -> !staying.contains(node.address()))
                .forEach(node -> gone.put(node.address(), node)));
        Cluster old = files.isEmpty() ? cluster : files.get(0);
        Cluster reduced = new Cluster(
                old.name(),
                cluster.ssh(),
                new ArrayList<>(gone.values()),
                old.virtualRouters(),
                old.frontends(),
                old.checks(),
                old.peerLink(),
                old.secret(),
                old.management());
        RemovedNodes leaving = new RemovedNodes(nodes.of(reduced), reduced);
        leaving.nodes.all().forEach(leaving::look);
        return leaving;
    }

    private void look(NodeConnection connection) {
        Node node = connection.node();
        try {
            Optional<Cluster> file = Installed.on(connection).cluster();
            boolean ours = file.filter(c -> c.name().equals(before.name())).isPresent()
                    && connection.run(Command.asRoot("test -e " + Layout.UNIT)).succeeded();
            if (ours) {
                agents.add(node);
            }
        } catch (SshException e) {
            problems.add(NodeProblem.warning(
                    node.name(),
                    "is not in this file any more and cannot be asked (" + e.getMessage()
                            + "); if it comes back with its agent, that goes on with its VRID and virtual addresses: run `baton "
                            + "undeploy` with a file that has this node alone, or do not let it come back"));
        }
    }

    /** Those that have our agent. */
    public List<Node> agents() {
        return agents;
    }

    public List<NodeProblem> problems() {
        return problems;
    }

    /** Takes the agents off. A holder hands the addresses over when it stops. */
    public void remove(Progress progress, List<String> changed) throws FleetException {
        for (Node node : agents) {
            try {
                new Uninstallation(before, progress).of(nodes.get(node.name()));
            } catch (SshException e) {
                throw FleetException.failed(List.of(
                        e.getMessage(),
                        changed.isEmpty()
                                ? "no node of the file was touched"
                                : "already taken off: " + String.join(", ", changed)));
            }
            changed.add(node.name());
            progress.say(node.name(), "the agent is gone");
        }
    }

    @Override
    public void close() {
        nodes.close();
    }
}
