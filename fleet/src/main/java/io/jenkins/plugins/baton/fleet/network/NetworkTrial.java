package io.jenkins.plugins.baton.fleet.network;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.masters.Master;
import io.jenkins.plugins.baton.fleet.masters.Masters;
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
    private final Masters masters;
    private final List<Probe> probes;
    private final Set<String> running;

    /** @param running names of the nodes whose agents run */
    public NetworkTrial(Masters masters, Cluster cluster, Set<String> running) {
        this.masters = masters;
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
        Map<String, Station> stations = new LinkedHashMap<>();
        masters.all().forEach(master -> stations.put(master.name(), new Station(master, program, token)));
        try {
            return Obstacles.of(probes, observe(stations), firewalls);
        } finally {
            stations.values().forEach(Station::close);
        }
    }

    private Map<String, Observation> observe(Map<String, Station> stations) throws FleetException {
        tell(stations, master -> of(master).map(Probe::interfaceName).distinct().map(name -> "listen " + name).toList());
        // A stateful firewall takes what comes after a node has sent such a packet itself for an answer. Only a MASTER
        // sends adverts; so one node after the other, each heard by nodes that have forgotten what they sent.
        for (Master sender : masters.all()) {
            tell(stations, master -> master == sender ? List.of() : forget(master, Probe.Kind.VRRP));
            tell(stations, master -> master == sender ? send(sender, Probe.Kind.VRRP::equals) : List.of());
        }
        // The peer link, though, both ends begin: what goes the second time may be let through because of the first.
        for (int i = 0; i < 2; i++) {
            tell(stations, master -> send(master, kind -> kind != Probe.Kind.VRRP));
        }
        tell(stations, master -> forget(master, Probe.Kind.PEER_LINK));
        return masters.each(master ->
                Observation.parse(stations.get(master.name()).order(List.of("report"))));
    }

    /** What is to be told to a master. */
    @FunctionalInterface
    private interface Telling {
        List<String> to(Master master);
    }

    private void tell(Map<String, Station> stations, Telling telling) throws FleetException {
        masters.each(master -> stations.get(master.name()).order(telling.to(master)));
    }

    private Stream<Probe> of(Master master) {
        return probes.stream().filter(probe -> probe.from().equals(master.name()));
    }

    private List<String> send(Master master, Predicate<Probe.Kind> kinds) {
        List<String> lines = new ArrayList<>(of(master)
                .filter(probe -> kinds.test(probe.kind()))
                .map(probe -> "send " + probe.interfaceName() + " " + probe.key())
                .toList());
        lines.add("go");
        return lines;
    }

    /** Not where an agent runs: what its firewall remembers may be what lets its peers' adverts in. */
    private List<String> forget(Master master, Probe.Kind kind) {
        return running.contains(master.name())
                ? List.of()
                : of(master)
                        .filter(probe -> probe.kind() == kind && !probe.destination().isMulticastAddress())
                        .map(probe -> "forget " + probe.key())
                        .toList();
    }
}
