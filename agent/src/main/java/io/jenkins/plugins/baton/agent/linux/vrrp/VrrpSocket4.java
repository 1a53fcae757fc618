package io.jenkins.plugins.baton.agent.linux.vrrp;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Socket;
import io.jenkins.plugins.baton.agent.linux.libc.SocketMessage;
import io.jenkins.plugins.baton.agent.linux.libc.SocketOption;
import io.jenkins.plugins.baton.agent.linux.libc.StructWriter;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** VRRP over IPv4. The kernel writes the IP header of what is sent, and leaves it before what is received. */
final class VrrpSocket4 extends VrrpSocket {
    private static final byte[] GROUP = {(byte) 224, 0, 0, 18};
    private static final int SIZEOF_SOCKADDR_IN = 16;
    private static final int SIZEOF_IN_PKTINFO = 12;
    private static final int IP_PKTINFO = 8;
    private static final int MAX_HEADER = 60;
    private static final int OFFSET_SOURCE = 12;
    private static final int OFFSET_DESTINATION = 16;

    private final SocketMessage incoming = new SocketMessage(SIZEOF_SOCKADDR_IN, MAX_HEADER + MAX_PAYLOAD, 64);
    private final SocketMessage outgoing = new SocketMessage(SIZEOF_SOCKADDR_IN, MAX_PAYLOAD, 32);

    /** Of the packet received last. */
    private InetAddress source = SocketMessage.address(ByteBuffer.allocate(4), 0, 4);

    private InetAddress destination = source;

    private VrrpSocket4(Socket socket, Link link) {
        super(socket, link);
    }

    static VrrpSocket open(Link link, int protocol) throws LinuxException {
        byte[] membership =
                StructWriter.of(12).bytes(GROUP).zeros(4).int32(link.index()).array(); // ip_mreqn
        Socket socket = open(link, Socket.AF_INET, "IPv4", protocol)
                .set(SocketOption.IP_TTL, 255)
                .set(SocketOption.IP_MULTICAST_TTL, 255)
                .set(SocketOption.IP_MULTICAST_LOOP, 0)
                .set(SocketOption.IP_MULTICAST_ALL, 0)
                .set(SocketOption.IP_MULTICAST_IF, membership)
                .set(SocketOption.IP_ADD_MEMBERSHIP, membership)
                .set(SocketOption.IP_TOS, INTERNETWORK_CONTROL)
                .set(SocketOption.SO_PRIORITY, TC_PRIO_CONTROL); // after IP_TOS, which sets it too
        return new VrrpSocket4(socket, link);
    }

    @Override
    SocketMessage incoming() {
        return incoming;
    }

    @Override
    Datagram read(SocketMessage message) {
        ByteBuffer packet = message.payload();
        int headerLength = (packet.get(0) & 0x0f) * 4; // the kernel has checked the header
        int hopLimit = packet.get(8) & 0xff;
        source = read(packet, OFFSET_SOURCE, source);
        destination = read(packet, OFFSET_DESTINATION, destination);
        return new Datagram(packet.position(headerLength).slice(), source, destination, hopLimit);
    }

    /** The address at the offset; the one of the packet before, where it is the same again. */
    private static InetAddress read(ByteBuffer packet, int offset, InetAddress before) {
        return before.hashCode() == packet.getInt(offset) // of an Inet4Address, its octets
                ? before
                : SocketMessage.address(packet, offset, 4);
    }

    @Override
    SocketMessage outgoing() {
        return outgoing;
    }

    @Override
    SocketMessage write(Link from, InetAddress source, InetAddress destination) {
        outgoing.name().putShort(0, (short) Socket.AF_INET).put(4, destination.getAddress());
        outgoing.startControl(SocketOption.IPPROTO_IP, IP_PKTINFO, SIZEOF_IN_PKTINFO)
                .putInt(from.index())
                .put(source.getAddress());
        return outgoing;
    }
}
