package io.jenkins.plugins.baton.fleet.network;

import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/**
 * A packet of the trial: what one node sends to one or to all others.
 *
 * @param interfaceName of the sender
 * @param kind what it stands for
 * @param sourcePort 0 in VRRP
 * @param destinationPort 0 in VRRP
 * @param from the sending node's name
 * @param to names of the nodes that should receive it
 */
record Probe(
        String interfaceName,
        Kind kind,
        InetAddress source,
        int sourcePort,
        InetAddress destination,
        int destinationPort,
        String from,
        List<String> to) {

    /** What is tried. */
    enum Kind {
        VRRP("vrrp"),
        PEER_LINK("tcp"),
        FRONTEND("tcp");

        private final String protocol;

        Kind(String protocol) {
            this.protocol = protocol;
        }
    }

    Probe {
        to = List.copyOf(to);
    }

    boolean isIpv6() {
        return source instanceof Inet6Address;
    }

    /** As {@code baton-agent probe} writes and reads it. */
    String key() {
        return String.join(
                " ",
                kind.protocol,
                IpLiteral.text(source),
                String.valueOf(sourcePort),
                IpLiteral.text(destination),
                String.valueOf(destinationPort));
    }

    /** What a firewall must let through, for a person. */
    Traffic traffic() {
        return new Traffic(
                kind, destination.isMulticastAddress() ? IpLiteral.text(destination) : "", destinationPort, isIpv6());
    }
}
