package io.jenkins.plugins.baton.fleet.network;

/**
 * What a firewall lets through or not.
 *
 * @param group the multicast group; empty: to a node's own address
 * @param port 0 in VRRP
 */
record Traffic(Probe.Kind kind, String group, int port, boolean ipv6) {
    @Override
    public String toString() {
        String family = ipv6 ? " over IPv6" : "";
        return switch (kind) {
            case VRRP -> "VRRP (IP protocol 112) to " + (group.isEmpty() ? "the node's own address" : group) + family;
            case PEER_LINK -> "TCP port " + port + " (the agents' peer link)" + family;
            case FRONTEND -> "TCP port " + port + " (a frontend)" + family;
        };
    }
}
