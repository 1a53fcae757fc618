package io.jenkins.plugins.baton.fleet.network;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Sends VRRP, the peer link's and the frontends' packets from each node to each other and sees what becomes of them. Real
 * agents, keepalived and servers act on none of them.
 */
public final class NetworkTrial {
    private final NodeConnections nodes;
    private final List<Probe> probes;
    private final Set<String> running;

    /** @param running names of the nodes whose agents run */
    public NetworkTrial(NodeConnections nodes, Cluster cluster, Set<String> running) {
        this.nodes = nodes;
        this.probes = Probes.of(cluster, running);
        this.running = Set.copyOf(running);
    }

    /**
     * @param program of the agent, the same on all nodes
     * @param firewalls by node
     * @return what is in the way; empty where nothing is, or where there is nothing to try
     * @throws FleetException of kind FAILED when a node cannot take part
     */
    public List<Obstacle> run(String program, Map<String, Firewall> firewalls) throws FleetException {
        if (probes.isEmpty()) {
            return List.of();
        }
        int token = new SecureRandom().nextInt();
        Map<String, ProbeSession> sessions = new LinkedHashMap<>();
        nodes.all()
                .forEach(connection -> sessions.put(connection.name(), new ProbeSession(connection, program, token)));
        try {
            return Obstacles.of(probes, observe(sessions), firewalls);
        } finally {
            sessions.values().forEach(ProbeSession::close);
        }
    }

    private Map<String, Observation> observe(Map<String, ProbeSession> sessions) throws FleetException {
        tell(
                sessions,
                connection -> of(connection)
                        .map(Probe::interfaceName)
                        .distinct()
                        .map(name -> "listen " + name)
                        .toList());
        // A stateful firewall takes what comes after a node has sent such a packet itself for an answer. Only a MASTER
        // sends adverts; so one node after the other, each heard by nodes that have forgotten what they sent.
        for (NodeConnection sender : nodes.all()) {
            tell(sessions, connection -> connection == sender ? List.of() : forget(connection, Probe.Kind.VRRP));
            tell(sessions, connection -> connection == sender ? send(sender, Probe.Kind.VRRP::equals) : List.of());
        }
        // The peer link, though, both ends begin: what goes the second time may be let through because of the first.
        for (int i = 0; i < 2; i++) {
            tell(sessions, connection -> send(connection, kind -> kind != Probe.Kind.VRRP));
        }
        tell(sessions, connection -> forget(connection, Probe.Kind.PEER_LINK));
        return nodes.each(
                connection -> Observation.parse(sessions.get(connection.name()).send(List.of("report"))));
    }

    /** What is to be told to a node. */
    @FunctionalInterface
    private interface Telling {
        List<String> to(NodeConnection connection);
    }

    private void tell(Map<String, ProbeSession> sessions, Telling telling) throws FleetException {
        nodes.each(connection -> sessions.get(connection.name()).send(telling.to(connection)));
    }

    private Stream<Probe> of(NodeConnection connection) {
        return probes.stream().filter(probe -> probe.from().equals(connection.name()));
    }

    private List<String> send(NodeConnection connection, Predicate<Probe.Kind> kinds) {
        List<String> lines = new ArrayList<>(of(connection)
                .filter(probe -> kinds.test(probe.kind()))
                .map(probe -> "send " + probe.interfaceName() + " " + probe.key())
                .toList());
        lines.add("go");
        return lines;
    }

    /** Not where an agent runs: what its firewall remembers may be what lets its peers' adverts in. */
    private List<String> forget(NodeConnection connection, Probe.Kind kind) {
        return running.contains(connection.name())
                ? List.of()
                : of(connection)
                        .filter(probe ->
                                probe.kind() == kind && !probe.destination().isMulticastAddress())
                        .map(probe -> "forget " + probe.key())
                        .toList();
    }
}
