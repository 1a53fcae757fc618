package io.jenkins.plugins.baton.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A cluster file that has been read and found right: immutable, complete, every default filled in.
 *
 * @param name the cluster's name, for people and for file names
 * @param ssh how the nodes are reached from outside
 * @param nodes the nodes, in the file's order; names, addresses and priorities are unique
 * @param virtualRouters the VRRP virtual routers, in the file's order; may be empty
 * @param frontends the TCP frontends, in the file's order; may be empty
 * @param checks the named health checks that virtual routers may track
 * @param peerLink how the agents hold on to each other; empty: not at all
 * @param secret file of each node with the keys by which the agents know each other; empty: they trust the segment
 * @param management where the agent's JMX connector listens
 */
public record Cluster(
        String name,
        Ssh ssh,
        List<Node> nodes,
        List<VirtualRouter> virtualRouters,
        List<Frontend> frontends,
        List<Check> checks,
        Optional<PeerLink> peerLink,
        Optional<Path> secret,
        Management management) {

    public Cluster {
        nodes = List.copyOf(nodes);
        virtualRouters = List.copyOf(virtualRouters);
        frontends = List.copyOf(frontends);
        checks = List.copyOf(checks);
    }

    public Optional<Node> node(String nodeName) {
        return nodes.stream().filter(n -> n.name().equals(nodeName)).findFirst();
    }

    public Optional<Check> check(String checkName) {
        return checks.stream().filter(c -> c.name().equals(checkName)).findFirst();
    }
}
