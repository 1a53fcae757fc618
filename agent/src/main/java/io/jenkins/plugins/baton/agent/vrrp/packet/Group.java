package io.jenkins.plugins.baton.agent.vrrp.packet;

import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement.Trailer;
import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement.Type;
import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What all nodes of a virtual router must agree on: what they send, and what they take for an advert of their own.
 *
 * @param addresses in the order they are sent
 * @param unicast adverts go to every peer by itself
 */
public record Group(
        int virtualRouterId,
        int version,
        long intervalNanos,
        List<InetAddress> addresses,
        Trailer authentication,
        boolean unicast) {

    public static final InetAddress MULTICAST_IPV4 = literal(224, 0, 0, 18);
    public static final InetAddress MULTICAST_IPV6 = literal(0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x12);

    private static final int PASSWORD = 1;

    public Group {
        addresses = List.copyOf(addresses);
    }

    public static Group of(VirtualRouter router) {
        return new Group(
                router.virtualRouterId(),
                router.version(),
                router.advertisementInterval().toNanos(),
                router.addresses().stream().map(Cidr::address).toList(),
                router.authentication()
                        .map(a -> new Trailer(
                                PASSWORD, ByteBuffer.wrap(a.octets()).getLong()))
                        .orElse(Trailer.NONE),
                router.unicast());
    }

    /** A packet of the group's kind that nobody heeds: there is no virtual router 0 (RFC 9568 section 5.2.3). */
    public Advertisement trial() {
        return new Advertisement(version, Type.ADVERTISEMENT, 0, 0, intervalNanos, addresses, Trailer.NONE);
    }

    /** A packet of this group. */
    public Advertisement packet(Type type, int priority) {
        return new Advertisement(version, type, virtualRouterId, priority, intervalNanos, addresses, authentication);
    }

    private static InetAddress literal(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 octets are an address", e);
        }
    }
}
