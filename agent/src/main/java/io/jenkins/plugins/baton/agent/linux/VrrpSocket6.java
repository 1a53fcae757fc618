package io.jenkins.plugins.baton.agent.linux;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * VRRP over IPv6. The kernel keeps the IP header to itself and tells destination and hop limit in ancillary data. The
 * checksum is the caller's: {@code IPV6_CHECKSUM} stays off, so that a wrong one reaches a counter that has a name.
 */
final class VrrpSocket6 implements VrrpSocket {
    private static final byte[] GROUP = {(byte) 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x12};
    private static final int SIZEOF_SOCKADDR_IN6 = 28;
    private static final int OFFSET_ADDRESS = 8;
    private static final int OFFSET_SCOPE_ID = 24;
    private static final int SIZEOF_IN6_PKTINFO = 20;
    private static final int IPV6_PKTINFO = 50;
    private static final int IPV6_HOPLIMIT = 52;

    private final Link link;
    private final OpenFile file;
    private final SocketMessage incoming = new SocketMessage(SIZEOF_SOCKADDR_IN6, MAX_PAYLOAD, 128);
    private final SocketMessage outgoing = new SocketMessage(SIZEOF_SOCKADDR_IN6, MAX_PAYLOAD, 40);

    private VrrpSocket6(Link link, OpenFile file) {
        this.link = link;
        this.file = file;
    }

    static VrrpSocket open(Link link) throws LinuxException {
        OpenFile file = RawSocket.open(RawSocket.AF_INET6, PROTOCOL, link, "VRRP over IPv6");
        try {
            int fd = file.descriptor();
            SocketOption.IPV6_UNICAST_HOPS.set(fd, 255);
            SocketOption.IPV6_MULTICAST_HOPS.set(fd, 255);
            SocketOption.IPV6_MULTICAST_LOOP.set(fd, 0);
            SocketOption.IPV6_MULTICAST_IF.set(fd, link.index());
            SocketOption.IPV6_TCLASS.set(fd, RawSocket.INTERNETWORK_CONTROL);
            SocketOption.SO_PRIORITY.set(fd, RawSocket.TC_PRIO_CONTROL);
            SocketOption.IPV6_RECVPKTINFO.set(fd, 1);
            SocketOption.IPV6_RECVHOPLIMIT.set(fd, 1);
            byte[] membership = StructWriter.of(20).bytes(GROUP).int32(link.index()).array(); // ipv6_mreq
            SocketOption.IPV6_ADD_MEMBERSHIP.set(fd, membership);
            return new VrrpSocket6(link, file);
        } catch (LinuxException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public Optional<Datagram> receive() throws LinuxException {
        if (!RawSocket.receive(file, incoming, link)) {
            return Optional.empty();
        }
        int packetInfo = incoming.findControl(SocketOption.IPPROTO_IPV6, IPV6_PKTINFO);
        int hopLimit = incoming.findControl(SocketOption.IPPROTO_IPV6, IPV6_HOPLIMIT);
        if (packetInfo < 0 || hopLimit < 0) {
            throw new IllegalStateException("the kernel told no destination or hop limit of a packet on " + link.name());
        }
        return Optional.of(new Datagram(
                incoming.payload().slice(),
                address(incoming.name(), OFFSET_ADDRESS),
                address(incoming.control(), packetInfo),
                incoming.control().getInt(hopLimit)));
    }

    private static InetAddress address(ByteBuffer bytes, int offset) {
        byte[] octets = new byte[16];
        bytes.get(offset, octets);
        try {
            return Inet6Address.getByAddress(null, octets, -1);
        } catch (UnknownHostException e) {
            throw new AssertionError("16 octets are an address", e);
        }
    }

    @Override
    public void send(ByteBuffer payload, InetAddress source, InetAddress destination) throws LinuxException {
        outgoing.payload().clear().put(payload);
        outgoing.name()
                .putShort(0, (short) RawSocket.AF_INET6)
                .put(OFFSET_ADDRESS, destination.getAddress())
                .putInt(OFFSET_SCOPE_ID, link.index());
        outgoing.startControl(SocketOption.IPPROTO_IPV6, IPV6_PKTINFO, SIZEOF_IN6_PKTINFO)
                .put(source.getAddress())
                .putInt(link.index());
        RawSocket.send(file, outgoing, link, destination);
    }

    @Override
    public int descriptor() {
        return file.descriptor();
    }

    @Override
    public void close() {
        file.close();
    }
}
