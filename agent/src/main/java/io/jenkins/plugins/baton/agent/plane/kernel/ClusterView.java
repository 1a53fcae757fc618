package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.linux.MacAddress;
import java.util.List;

/**
 * What one node knows of its cluster, from which its rules follow.
 *
 * @param peers the Ethernet addresses of the other nodes: their frames were dispatched already
 * @param cutOff whether it is this node that was cut off, see {@link Isolation}
 * @param frontends those that the kernel plane serves
 */
record ClusterView(List<MacAddress> peers, boolean cutOff, List<KernelFrontend> frontends) {
    ClusterView {
        peers = List.copyOf(peers);
        frontends = List.copyOf(frontends);
    }

    /** Those of one address family, in an order in which the rules and their counters are numbered. */
    List<KernelFrontend> frontends(boolean ipv6) {
        return frontends.stream().filter(frontend -> frontend.isIpv6() == ipv6).toList();
    }
}
