package io.jenkins.plugins.baton.agent.linux.vrrp;

import io.jenkins.plugins.baton.agent.linux.ethernet.InternetChecksum;
import io.jenkins.plugins.baton.agent.linux.libc.SocketFilter;
import io.jenkins.plugins.baton.agent.linux.libc.SocketMessage;
import io.jenkins.plugins.baton.agent.linux.libc.StructWriter;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/**
 * A packet that shows whether the network between two nodes lets its kind through, and that nobody else acts on; pure.
 * Firewalls see an ordinary one:
 *
 * <ul>
 *   <li>of VRRP an advertisement of version 3 with the VRID 0, which no router can have (RFC 9568 section 5.2.3), so that
 *       keepalived and the agents take it for another group's;
 *   <li>of TCP a SYN with a signature (RFC 2385) that is wrong: the kernel that it comes to drops it without an answer,
 *       whether somebody listens there or not.
 * </ul>
 *
 * @param sourcePort 0 in VRRP
 * @param destinationPort 0 in VRRP
 */
public record ProbePacket(
        Protocol protocol, InetAddress source, int sourcePort, InetAddress destination, int destinationPort) {

    /** What is tried. */
    public enum Protocol {
        VRRP(VrrpSocket.PROTOCOL, ProbeFilters.VRRP),
        TCP(IPPROTO_TCP, ProbeFilters.TCP);

        private final int number;
        private final SocketFilter ipv6Filter;

        Protocol(int number, SocketFilter ipv6Filter) {
            this.number = number;
            this.ipv6Filter = ipv6Filter;
        }

        /** In the IP header. */
        public int number() {
            return number;
        }

        /** For a raw socket: over IPv4 it gets the IP header too. */
        SocketFilter filter(boolean ipv6) {
            return ipv6 ? ipv6Filter : ProbeFilters.PACKETS;
        }
    }

    static final int IPPROTO_TCP = 6;
    static final int VIRTUAL_ROUTER_ID = 0;
    /** By which the kernel's filters know a probe among all segments. */
    static final int WINDOW = 0xba70;

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int VRRP_HEADER = 8;
    private static final int VRRP_CHECKSUM = 6;
    private static final int VERSION_3_ADVERTISEMENT = 0x31;
    private static final int LOWEST_PRIORITY = 1;
    private static final int CENTISECONDS = 100;

    private static final int TCP_LENGTH = 40;
    private static final int TCP_SEQUENCE = 4;
    private static final int TCP_CHECKSUM = 16;
    private static final int SYN = 0x02;
    private static final int NO_OPERATION = 1;
    private static final int MD5_SIGNATURE = 19;
    private static final int SIGNATURE_LENGTH = 18;

    /**
     * What follows the IP header, checksum and all.
     *
     * @param token tells the probes of one trial from those of another
     */
    public byte[] payload(int token) {
        return protocol == Protocol.VRRP ? advertisement(token) : syn(token);
    }

    private byte[] advertisement(int token) {
        int addressLength = source.getAddress().length;
        ByteBuffer packet = ByteBuffer.allocate(VRRP_HEADER + addressLength)
                .put((byte) VERSION_3_ADVERTISEMENT)
                .put((byte) VIRTUAL_ROUTER_ID)
                .put((byte) LOWEST_PRIORITY)
                .put((byte) 1)
                .putShort((short) CENTISECONDS);
        return checked(packet.putInt(packet.capacity() - Integer.BYTES, token).array(), VRRP_CHECKSUM);
    }

    private byte[] syn(int token) {
        ByteBuffer segment = ByteBuffer.allocate(TCP_LENGTH)
                .putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .putInt(token)
                .putInt(0)
                .put((byte) (TCP_LENGTH / 4 << 4))
                .put((byte) SYN)
                .putShort((short) WINDOW)
                .putInt(0)
                .put((byte) NO_OPERATION)
                .put((byte) NO_OPERATION)
                .put((byte) MD5_SIGNATURE)
                .put((byte) SIGNATURE_LENGTH);
        return checked(segment.array(), TCP_CHECKSUM);
    }

    private byte[] checked(byte[] payload, int offset) {
        byte[] rest = StructWriter.of(4)
                .int8(0)
                .int8(protocol.number())
                .net16(payload.length)
                .array();
        int sum = InternetChecksum.of(source.getAddress(), destination.getAddress(), rest, payload);
        ByteBuffer.wrap(payload).putShort(offset, (short) sum);
        return payload;
    }

    /** The probe of this trial that a raw socket received; empty for another packet. */
    public static Optional<ProbePacket> read(Protocol protocol, Datagram datagram, int token) {
        return read(protocol, datagram.source(), datagram.destination(), datagram.payload(), token);
    }

    private static Optional<ProbePacket> read(
            Protocol protocol, InetAddress source, InetAddress destination, ByteBuffer payload, int token) {
        boolean vrrp = protocol == Protocol.VRRP;
        int length = vrrp ? VRRP_HEADER + source.getAddress().length : TCP_LENGTH;
        if (payload.remaining() < length
                || payload.getInt(payload.position() + (vrrp ? length - Integer.BYTES : TCP_SEQUENCE)) != token) {
            return Optional.empty();
        }
        int ports = payload.position();
        return Optional.of(
                vrrp
                        ? new ProbePacket(protocol, source, 0, destination, 0)
                        : new ProbePacket(
                                protocol,
                                source,
                                payload.getShort(ports) & 0xffff,
                                destination,
                                payload.getShort(ports + 2) & 0xffff));
    }

    /** The same of a whole IP packet, which nobody has looked at: it may have a wrong header, or be cut. */
    static Optional<ProbePacket> read(byte[] packet, int token) {
        ByteBuffer in = ByteBuffer.wrap(packet);
        if (packet.length < IPV4_HEADER) {
            return Optional.empty();
        }
        boolean ipv6 = packet[0] >>> 4 == 6;
        int header = ipv6 ? IPV6_HEADER : (packet[0] & 0x0f) * 4;
        int addressLength = ipv6 ? 16 : 4;
        int addresses = ipv6 ? 8 : 12;
        if (header < IPV4_HEADER || packet.length < header) {
            return Optional.empty();
        }
        Protocol protocol = packet[ipv6 ? 6 : 9] == IPPROTO_TCP ? Protocol.TCP : Protocol.VRRP;
        return read(
                protocol,
                SocketMessage.address(in, addresses, addressLength),
                SocketMessage.address(in, addresses + addressLength, addressLength),
                in.position(header),
                token);
    }

    public boolean isIpv6() {
        return source instanceof Inet6Address;
    }

    /** {@code PROTOCOL SOURCE PORT DESTINATION PORT}, as {@link IpLiteral#text} writes addresses. */
    @Override
    public String toString() {
        return String.join(
                " ",
                protocol.name().toLowerCase(Locale.ROOT),
                IpLiteral.text(source),
                String.valueOf(sourcePort),
                IpLiteral.text(destination),
                String.valueOf(destinationPort));
    }
}
