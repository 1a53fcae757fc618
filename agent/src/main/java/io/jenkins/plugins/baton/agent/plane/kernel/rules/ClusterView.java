package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one node knows of its cluster, from which its rules follow.
 *
 * @param peers the Ethernet addresses of the other nodes: their frames were dispatched already
 * @param certainty whether nodes may be there that this one does not know, with connections of theirs
 * @param interfaces the indices of this node's interfaces that the rules name: the kernel keeps the index, so rules of an
 *     interface that was deleted and made again lead nowhere
 * @param translating whether there may be connections whose addresses the kernel translates, also of frontends that it
 *     does not serve any more
 * @param frontends those that the kernel plane serves
 */
public record ClusterView(
        List<MacAddress> peers,
        Certainty certainty,
        Map<String, Integer> interfaces,
        boolean translating,
        List<KernelFrontend> frontends) {
    /** The view of who knows nothing yet. */
    public static final ClusterView NOTHING = new ClusterView(List.of(), Certainty.SURE, Map.of(), false, List.of());

    public ClusterView {
        peers = List.copyOf(peers);
        interfaces = new TreeMap<>(interfaces);
        frontends = List.copyOf(frontends);
    }

    /** Those of one address family, in an order in which the rules and their counters are numbered. */
    public List<KernelFrontend> frontends(boolean ipv6) {
        return frontends.stream().filter(frontend -> frontend.isIpv6() == ipv6).toList();
    }
}
