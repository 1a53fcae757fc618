package io.jenkins.plugins.baton.agent.vrrp.packet;

import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement.Trailer;
import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement.Type;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * VRRP packets as bytes: RFC 3768 section 5.1 (version 2) and RFC 9568 section 5.1 (version 3), without the IP header.
 * Version 2 always ends in the eight octets of authentication data, even without authentication: keepalived demands
 * them.
 */
public final class Codec {
    public static final int HEADER = 8;
    static final int TRAILER = 8;
    private static final int CHECKSUM_OFFSET = 6;
    private static final int CARP_VERSION_AND_TYPE = 0x21;
    private static final int CARP_WORDS = 7;
    private static final int CARP_LENGTH = 36;
    private static final long SECOND = 1_000_000_000L;
    private static final long CENTISECOND = 10_000_000L;

    private Codec() {}

    /**
     * @param checksum whether version 3 over IPv4 covers the pseudo-header; IPv6 always does, version 2 never
     * @param source the address that the packet will be sent from
     * @param destination where it will be sent to
     */
    public static ByteBuffer encode(
            Advertisement advert, VirtualRouter.Checksum checksum, InetAddress source, InetAddress destination) {
        boolean version2 = advert.version() == 2;
        int addressLength = source.getAddress().length;
        ByteBuffer packet =
                ByteBuffer.allocate(HEADER + advert.addresses().size() * addressLength + (version2 ? TRAILER : 0));
        packet.put((byte) (advert.version() << 4 | advert.type().code()));
        packet.put((byte) advert.virtualRouterId());
        packet.put((byte) advert.priority());
        packet.put((byte) advert.addresses().size());
        if (version2) {
            packet.put((byte) advert.authentication().type());
            packet.put((byte) (advert.intervalNanos() / SECOND));
        } else {
            packet.putShort((short) (advert.intervalNanos() / CENTISECOND & 0xfff));
        }
        packet.putShort((short) 0);
        advert.addresses().forEach(a -> packet.put(a.getAddress()));
        if (version2) {
            packet.putLong(advert.authentication().data());
        }
        packet.flip();
        boolean pseudoHeader =
                source instanceof Inet6Address || (!version2 && checksum == VirtualRouter.Checksum.PSEUDO_HEADER);
        int sum = pseudoHeader ? Checksum.of(packet, source, destination) : Checksum.of(packet);
        return packet.putShort(CHECKSUM_OFFSET, (short) sum);
    }

    /**
     * @param packet from position to limit, as it came after the IP header; stays as it is
     * @throws MalformedPacketException for any bytes that are not one whole packet with a right checksum
     */
    public static Advertisement decode(ByteBuffer packet, InetAddress source, InetAddress destination)
            throws MalformedPacketException {
        ByteBuffer in = packet.slice();
        require(in.remaining() >= HEADER, DropReason.TRUNCATED);
        int version = in.get(0) >>> 4 & 0xf;
        boolean ipv6 = source instanceof Inet6Address;
        require(version == 3 || (version == 2 && !ipv6), DropReason.BAD_VERSION);
        int addressLength = ipv6 ? 16 : 4;
        int count = in.get(3) & 0xff;
        int length = HEADER + count * addressLength + (version == 2 ? TRAILER : 0);
        require(in.remaining() == length, DropReason.TRUNCATED);
        require(hasCorrectChecksum(in, version, source, destination), DropReason.BAD_CHECKSUM);
        return new Advertisement(
                version,
                type(in.get(0) & 0xf),
                in.get(1) & 0xff,
                in.get(2) & 0xff,
                version == 2 ? (in.get(5) & 0xff) * SECOND : (in.getShort(4) & 0xfff) * CENTISECOND,
                addresses(in, count, addressLength),
                version == 2 ? new Trailer(in.get(4) & 0xff, in.getLong(length - TRAILER)) : Trailer.NONE);
    }

    /**
     * Whether it is CARP, which has VRRP's protocol number, group and virtual MAC (OpenBSD, sys/netinet/ip_carp.h: version 2,
     * type 1, and 7 words of counter and digest where VRRP counts its addresses). As VRRP version 2 it would be longer.
     */
    public static boolean isCarp(ByteBuffer packet) {
        int start = packet.position();
        return packet.remaining() == CARP_LENGTH
                && packet.get(start) == CARP_VERSION_AND_TYPE
                && packet.get(start + 3) == CARP_WORDS;
    }

    /** The VRID of a packet that may be anything; -1 when it is too short to have one. */
    public static int virtualRouterId(ByteBuffer packet) {
        return packet.remaining() < 2 ? -1 : packet.get(packet.position() + 1) & 0xff;
    }

    /**
     * RFC 5798 covers the pseudo-header, RFC 9568 does not for IPv4. The destination in it is the real one, or the
     * group's when a unicast sender fills it in as for multicast: keepalived has done both.
     */
    private static boolean hasCorrectChecksum(
            ByteBuffer packet, int version, InetAddress source, InetAddress destination) {
        if (version == 2) {
            return Checksum.isCorrect(packet);
        }
        return Checksum.isCorrect(packet, source, destination)
                || Checksum.isCorrect(packet, source, Checksum.group(source))
                || (!(source instanceof Inet6Address) && Checksum.isCorrect(packet));
    }

    private static Type type(int code) throws MalformedPacketException {
        for (Type type : Type.values()) {
            if (type.code() == code) {
                return type;
            }
        }
        throw new MalformedPacketException(DropReason.BAD_TYPE);
    }

    private static List<InetAddress> addresses(ByteBuffer in, int count, int length) {
        List<InetAddress> addresses = new ArrayList<>(count);
        byte[] octets = new byte[length];
        for (int i = 0; i < count; i++) {
            in.get(HEADER + i * length, octets);
            addresses.add(address(octets));
        }
        return addresses;
    }

    /** Of sixteen octets always an IPv6 address: {@link InetAddress#getByAddress} would turn a mapped one into IPv4. */
    private static InetAddress address(byte[] octets) {
        try {
            return octets.length == 16 ? Inet6Address.getByAddress(null, octets, -1) : InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 octets are an address", e);
        }
    }

    private static void require(boolean condition, DropReason otherwise) throws MalformedPacketException {
        if (!condition) {
            throw new MalformedPacketException(otherwise);
        }
    }
}
