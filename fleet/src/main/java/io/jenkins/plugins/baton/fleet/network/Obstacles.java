package io.jenkins.plugins.baton.fleet.network;

import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Concludes from what all nodes saw who stops what. Pure. */
final class Obstacles {
    private final Map<String, Observation> observations;
    private final Map<String, Firewall> firewalls;

    /** By the place: what is stopped there, and the nodes at the other end. */
    private final Map<Place, Map<Traffic, Set<String>>> stopped = new LinkedHashMap<>();

    private final List<Obstacle> others = new ArrayList<>();

    private record Place(String node, Firewall.Direction direction, String interfaceName) {}

    private Obstacles(Map<String, Observation> observations, Map<String, Firewall> firewalls) {
        this.observations = observations;
        this.firewalls = firewalls;
    }

    /**
     * @param observations by node
     * @param firewalls by node
     */
    static List<Obstacle> of(
            List<Probe> probes, Map<String, Observation> observations, Map<String, Firewall> firewalls) {
        Obstacles all = new Obstacles(observations, firewalls);
        probes.forEach(probe -> probe.to().forEach(to -> all.judge(probe, to, probes)));
        List<Obstacle> obstacles = new ArrayList<>();
        all.stopped.forEach((place, traffic) -> obstacles.add(all.obstacle(place, traffic)));
        obstacles.addAll(all.others.stream().distinct().toList());
        return obstacles;
    }

    private void judge(Probe probe, String to, List<Probe> probes) {
        String key = probe.key();
        Observation sender = observations.get(probe.from());
        Observation receiver = observations.get(to);
        if (receiver.passed().contains(key)) {
            return;
        }
        String refusal = sender.refused().getOrDefault(key, "");
        if (receiver.seen().contains(key)) {
            stop(to, Firewall.Direction.IN, interfaceOf(to, probe, probes), probe, probe.from());
        } else if (refusal.contains("EPERM")) {
            stop(probe.from(), Firewall.Direction.OUT, probe.interfaceName(), probe, to);
        } else if (!refusal.isEmpty()) {
            others.add(new Obstacle(
                    probe.from(),
                    probe.traffic() + " cannot be sent: " + refusal
                            + "; correct the host's addresses or routes, or the cluster file"));
        } else if (sender.seen().contains(key)) {
            others.add(new Obstacle(
                    "",
                    probe.traffic() + " leaves " + probe.from() + " by " + probe.interfaceName()
                            + " and does not come to " + to
                            + ": something between them stops it (a switch, a hypervisor, a "
                            + "security group); open it there"
                            + (probe.destination().isMulticastAddress()
                                    ? ", or write `unicast: true` for the virtual router"
                                    : "")));
        } else {
            others.add(new Obstacle(
                    probe.from(),
                    probe.traffic() + " does not leave it for " + to + ": does "
                            + IpLiteral.text(probe.destination()) + " answer ARP or neighbour discovery on "
                            + probe.interfaceName()
                            + "? `ip neigh` shows it; so would a rule of nftables at the hook egress"));
        }
    }

    /** The receiver's own name for the interface: the one by which it sends such packets itself. */
    private static String interfaceOf(String node, Probe probe, List<Probe> probes) {
        return probes.stream()
                .filter(own -> own.from().equals(node) && own.kind() == probe.kind() && own.isIpv6() == probe.isIpv6())
                .findFirst()
                .map(Probe::interfaceName)
                .orElse(probe.interfaceName());
    }

    private void stop(String node, Firewall.Direction direction, String interfaceName, Probe probe, String end) {
        stopped.computeIfAbsent(new Place(node, direction, interfaceName), place -> new LinkedHashMap<>())
                .computeIfAbsent(probe.traffic(), traffic -> new LinkedHashSet<>())
                .add(end);
    }

    private Obstacle obstacle(Place place, Map<Traffic, Set<String>> traffic) {
        boolean in = place.direction() == Firewall.Direction.IN;
        String what = traffic.entrySet().stream()
                .map(one -> one.getKey() + (in ? " from " : " for ") + String.join(", ", one.getValue()))
                .collect(Collectors.joining("; "));
        Firewall firewall = firewalls.getOrDefault(place.node(), Firewall.UNKNOWN);
        return new Obstacle(
                place.node(),
                "its firewall drops what " + (in ? "comes in" : "goes out") + " by "
                        + place.interfaceName() + ": " + what + ". "
                        + firewall.remedy(place.direction(), place.interfaceName(), traffic.keySet()));
    }
}
