package io.jenkins.plugins.baton.agent.linux.vrrp;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Socket;
import io.jenkins.plugins.baton.agent.linux.libc.SocketMessage;
import io.jenkins.plugins.baton.agent.linux.libc.SocketOption;
import io.jenkins.plugins.baton.agent.linux.libc.StructWriter;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import java.net.InetAddress;

/**
 * VRRP over IPv6. The kernel keeps the IP header to itself and tells destination and hop limit in ancillary data. The
 * checksum is the caller's: {@code IPV6_CHECKSUM} stays off, so that a wrong one reaches a counter that has a name.
 */
final class VrrpSocket6 extends VrrpSocket {
    private static final byte[] GROUP = {(byte) 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x12};
    private static final int SIZEOF_SOCKADDR_IN6 = 28;
    private static final int OFFSET_ADDRESS = 8;
    private static final int OFFSET_SCOPE_ID = 24;
    private static final int SIZEOF_IN6_PKTINFO = 20;
    private static final int IPV6_PKTINFO = 50;
    private static final int IPV6_HOPLIMIT = 52;

    private final SocketMessage incoming = new SocketMessage(SIZEOF_SOCKADDR_IN6, MAX_PAYLOAD, 128);
    private final SocketMessage outgoing = new SocketMessage(SIZEOF_SOCKADDR_IN6, MAX_PAYLOAD, 40);

    private VrrpSocket6(Socket socket, Link link) {
        super(socket, link);
    }

    static VrrpSocket open(Link link, int protocol) throws LinuxException {
        byte[] membership = StructWriter.of(20).bytes(GROUP).int32(link.index()).array(); // ipv6_mreq
        Socket socket = open(link, Socket.AF_INET6, "IPv6", protocol)
                .set(SocketOption.IPV6_UNICAST_HOPS, 255)
                .set(SocketOption.IPV6_MULTICAST_HOPS, 255)
                .set(SocketOption.IPV6_MULTICAST_LOOP, 0)
                .set(SocketOption.IPV6_MULTICAST_IF, link.index())
                .set(SocketOption.IPV6_ADD_MEMBERSHIP, membership)
                .set(SocketOption.IPV6_RECVPKTINFO, 1)
                .set(SocketOption.IPV6_RECVHOPLIMIT, 1)
                .set(SocketOption.IPV6_TCLASS, INTERNETWORK_CONTROL)
                .set(SocketOption.SO_PRIORITY, TC_PRIO_CONTROL);
        return new VrrpSocket6(socket, link);
    }

    @Override
    SocketMessage incoming() {
        return incoming;
    }

    @Override
    Datagram read(SocketMessage message) {
        int packetInfo = message.findControl(SocketOption.IPPROTO_IPV6, IPV6_PKTINFO);
        int hopLimit = message.findControl(SocketOption.IPPROTO_IPV6, IPV6_HOPLIMIT);
        if (packetInfo < 0 || hopLimit < 0) {
            throw new IllegalStateException("the kernel did not tell a packet's destination and hop limit");
        }
        return new Datagram(
                message.payload().slice(),
                SocketMessage.address(message.name(), OFFSET_ADDRESS, 16),
                SocketMessage.address(message.control(), packetInfo, 16),
                message.control().getInt(hopLimit));
    }

    @Override
    SocketMessage outgoing() {
        return outgoing;
    }

    @Override
    SocketMessage write(Link from, InetAddress source, InetAddress destination) {
        outgoing.name()
                .putShort(0, (short) Socket.AF_INET6)
                .put(OFFSET_ADDRESS, destination.getAddress())
                .putInt(OFFSET_SCOPE_ID, from.index());
        outgoing.startControl(SocketOption.IPPROTO_IPV6, IPV6_PKTINFO, SIZEOF_IN6_PKTINFO)
                .put(source.getAddress())
                .putInt(from.index());
        return outgoing;
    }
}
