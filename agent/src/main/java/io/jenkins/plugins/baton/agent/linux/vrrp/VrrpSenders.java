package io.jenkins.plugins.baton.agent.linux.vrrp;

import io.jenkins.plugins.baton.agent.linux.ethernet.FilterProgram;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;

/**
 * Whose VRRP packets are for the routers of a segment. The kernel sorts by it: these come to the {@link VrrpSocket}, all others
 * to the {@link StrangerSocket}, so that a flood of strangers' packets costs the real-time thread nothing.
 *
 * @param virtualRouterIds of this node's routers, 1..255
 * @param macs by the address of a node, where its packets may come from; an empty set is from anywhere
 */
public record VrrpSenders(Set<Integer> virtualRouterIds, Map<InetAddress, Set<MacAddress>> macs) {
    private static final int ETHERNET_HEADER = 14;
    private static final int IPV6_HEADER = 40;
    private static final int ETHERNET_SOURCE = 6;

    public VrrpSenders {
        virtualRouterIds = Set.copyOf(virtualRouterIds);
        macs = Map.copyOf(macs);
    }

    /** For a raw socket of protocol 112: what begins with the IPv4 header, or is all that follows the IPv6 header. */
    FilterProgram expected(boolean ipv6) {
        FilterProgram program = new FilterProgram();
        if (ipv6) {
            program.octet(1);
        } else {
            program.octetAfterIpv4(0, 1);
        }
        int refuse = program.label();
        int accept = program.label();
        sort(program, ipv6, accept, refuse);
        return program.at(accept).accept().at(refuse).refuse();
    }

    /** For a packet socket: all other frames of the protocol that came in. */
    FilterProgram strangers(boolean ipv6) {
        FilterProgram program = new FilterProgram();
        int refuse = program.label();
        int accept = program.label();
        program.unlessOutgoing(refuse);
        if (ipv6) {
            program.octet(ETHERNET_HEADER + 6)
                    .unlessEqual(VrrpSocket.PROTOCOL, refuse)
                    .octet(ETHERNET_HEADER + IPV6_HEADER + 1);
        } else {
            program.octet(ETHERNET_HEADER + 9)
                    .unlessEqual(VrrpSocket.PROTOCOL, refuse)
                    .octetAfterIpv4(ETHERNET_HEADER, 1);
        }
        sort(program, ipv6, refuse, accept);
        return program.at(accept).accept().at(refuse).refuse();
    }

    /** With the VRID loaded. */
    private void sort(FilterProgram program, boolean ipv6, int ours, int others) {
        int known = program.label();
        virtualRouterIds.forEach(id -> program.ifEqual(id, known));
        program.jump(others).at(known);
        int source = FilterProgram.NETWORK_HEADER + (ipv6 ? 8 : 12);
        macs.forEach((address, allowed) -> {
            int its = program.label();
            int next = program.label();
            program.ifAddress(source, address, its);
            program.jump(next).at(its);
            allowed.forEach(mac -> program.ifMac(FilterProgram.ETHERNET_HEADER + ETHERNET_SOURCE, mac, ours));
            program.jump(allowed.isEmpty() ? ours : others).at(next);
        });
        program.jump(others);
    }
}
