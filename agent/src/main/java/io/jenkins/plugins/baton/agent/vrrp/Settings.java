package io.jenkins.plugins.baton.agent.vrrp;

import io.jenkins.plugins.baton.cluster.Check;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the election of one virtual router on one node goes by.
 *
 * @param node this node's name
 * @param address where this node's adverts come from; breaks a tie of equal priorities (RFC 9568 section 6.4.3)
 * @param version 2 or 3: they count the skew time differently
 * @param priority 1..254, before tracked checks
 * @param intervalNanos between two adverts of this node as MASTER
 * @param preempt whether this node takes over from a working MASTER of lower priority
 * @param preemptDelayNanos how long after its start, or after a FAULT, this node does not do so
 * @param announceIntervalNanos between two refreshes of the neighbours' caches as MASTER; 0 is never
 * @param peers the other nodes
 */
public record Settings(
        String node,
        InetAddress address,
        int version,
        int priority,
        long intervalNanos,
        boolean preempt,
        long preemptDelayNanos,
        long announceIntervalNanos,
        List<Peer> peers) {

    public Settings {
        peers = List.copyOf(peers);
    }

    /** The settings of {@code self} for one of the cluster's virtual routers. */
    public static Settings of(Cluster cluster, Node self, VirtualRouter router) {
        int bonus = router.track().stream()
                .map(cluster::check)
                .flatMap(Optional::stream)
                .map(Check::weight)
                .mapToInt(w -> Math.max(0, w.orElse(0)))
                .sum();
        return new Settings(
                self.name(),
                sender(self, router),
                router.version(),
                self.priority(),
                router.advertisementInterval().toNanos(),
                router.preempt(),
                router.preemptDelay().toNanos(),
                router.announceInterval().toNanos(),
                cluster.nodes().stream()
                        .filter(n -> !n.name().equals(self.name()))
                        .map(n -> new Peer(n.name(), sender(n, router), Math.min(254, n.priority() + bonus)))
                        .toList());
    }

    /** IPv6 adverts to the group come from the link-local address (RFC 9568 section 5.1.2.2). */
    private static InetAddress sender(Node node, VirtualRouter router) {
        if (router.isIpv6() && !router.unicast() && node.linkLocal().isPresent()) {
            return node.linkLocal().get();
        }
        return node.address();
    }

    /** Whether the given address wins over this node's at equal priority: the greater one does, read as unsigned. */
    boolean losesTieTo(InetAddress other) {
        return Arrays.compareUnsigned(address.getAddress(), other.getAddress()) < 0;
    }
}
