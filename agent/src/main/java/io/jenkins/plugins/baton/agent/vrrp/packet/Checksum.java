package io.jenkins.plugins.baton.agent.vrrp.packet;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** The Internet checksum (RFC 1071) of VRRP packets, with and without the pseudo-header of RFC 8200 section 8.1. */
final class Checksum {
    private static final int PROTOCOL = 112;
    private static final int CORRECT = 0xffff;

    private Checksum() {}

    /** The value of the checksum field, when that field is zero in {@code packet}. */
    static int of(ByteBuffer packet) {
        return ~sum(packet) & 0xffff;
    }

    static int of(ByteBuffer packet, InetAddress source, InetAddress destination) {
        return ~add(sum(packet), pseudoHeader(packet, source, destination)) & 0xffff;
    }

    static boolean isCorrect(ByteBuffer packet) {
        return sum(packet) == CORRECT;
    }

    static boolean isCorrect(ByteBuffer packet, InetAddress source, InetAddress destination) {
        return add(sum(packet), pseudoHeader(packet, source, destination)) == CORRECT;
    }

    /** The group that adverts of the given address's family go to (RFC 9568 sections 5.1.1.2 and 5.1.2.2). */
    static InetAddress group(InetAddress familiar) {
        return familiar instanceof Inet6Address ? Group.MULTICAST_IPV6 : Group.MULTICAST_IPV4;
    }

    private static int pseudoHeader(ByteBuffer packet, InetAddress source, InetAddress destination) {
        int addresses = add(sum(ByteBuffer.wrap(source.getAddress())), sum(ByteBuffer.wrap(destination.getAddress())));
        return add(addresses, PROTOCOL + packet.remaining());
    }

    /** Ones' complement sum of 16-bit words from position to limit, an even number of octets; both stay where they are. */
    private static int sum(ByteBuffer bytes) {
        int sum = 0;
        for (int i = bytes.position(); i < bytes.limit(); i += 2) {
            sum = add(sum, bytes.getShort(i) & 0xffff);
        }
        return sum;
    }

    private static int add(int a, int b) {
        int sum = a + b;
        return (sum & 0xffff) + (sum >>> 16);
    }
}
