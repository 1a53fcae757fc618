package io.jenkins.plugins.baton.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A VRRP virtual router: the addresses that exactly one of the nodes holds.
 *
 * @param name unique among virtual routers
 * @param virtualRouterId VRID, 1..255
 * @param interfaceName the network interface on every node that does not name its own
 * @param interfaces by the node's name: the network interface of this router there, before the node's own
 * @param addresses the VIPs, all of one family, at least one
 * @param version 2 (RFC 3768) or 3 (RFC 9568)
 * @param advertisementInterval version 2: whole seconds 1..255; version 3: 10 ms .. 40.95 s in steps of 10 ms
 * @param preempt whether a node of higher priority takes over from a working MASTER
 * @param preemptDelay how long a preempting node waits after its start, zero or more
 * @param authentication PASS authentication, version 2 only
 * @param unicast whether adverts go to each node's address instead of the multicast group
 * @param checksum which version 3 IPv4 checksum is sent; both are accepted
 * @param announceInterval how often a MASTER repeats its gratuitous ARP; zero is never
 * @param track names of the checks that lower the priority or fault this router
 */
public record VirtualRouter(
        String name,
        int virtualRouterId,
        String interfaceName,
        Map<String, String> interfaces,
        List<Cidr> addresses,
        int version,
        Duration advertisementInterval,
        boolean preempt,
        Duration preemptDelay,
        Optional<Authentication> authentication,
        boolean unicast,
        Checksum checksum,
        Duration announceInterval,
        List<String> track) {

    /** Version 3 over IPv4: with the pseudo-header as RFC 5798 and keepalived do, or without as RFC 9568 says. */
    public enum Checksum {
        PSEUDO_HEADER,
        PLAIN
    }

    public VirtualRouter {
        interfaces = Map.copyOf(interfaces);
        addresses = List.copyOf(addresses);
        track = List.copyOf(track);
    }

    /** True when the VIPs are IPv6. */
    public boolean isIpv6() {
        return addresses.get(0).isIpv6();
    }

    /** The interface of this router on the given node. */
    public String interfaceOn(Node node) {
        String here = interfaces.get(node.name());
        return here != null ? here : node.interfaceName().orElse(interfaceName);
    }
}
