package io.jenkins.plugins.baton.agent.linux.vrrp;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * A received IP packet.
 *
 * @param payload what follows the IP header, network order; the memory is overwritten by the next one received
 * @param destination tells multicast from unicast, and is part of the pseudo-header of checksums
 * @param hopLimit TTL or hop limit as it arrived; 255 proves that no router forwarded it
 */
public record Datagram(ByteBuffer payload, InetAddress source, InetAddress destination, int hopLimit) {

    /** Whether octets, addresses and hop limit are the same. */
    public boolean isSameAs(Datagram other) {
        return hopLimit == other.hopLimit
                && source.equals(other.source)
                && destination.equals(other.destination)
                && payload.equals(other.payload);
    }

    /** One whose payload stays. */
    public Datagram copy() {
        ByteBuffer octets = ByteBuffer.allocate(payload.remaining())
                .put(payload.duplicate())
                .flip();
        return new Datagram(octets, source, destination, hopLimit);
    }
}
