package io.jenkins.plugins.baton.agent.linux;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** VRRP over IPv4. The kernel writes the IP header of what is sent, and leaves it before what is received. */
final class VrrpSocket4 implements VrrpSocket {
    private static final byte[] GROUP = {(byte) 224, 0, 0, 18};
    private static final int SIZEOF_SOCKADDR_IN = 16;
    private static final int SIZEOF_IN_PKTINFO = 12;
    private static final int IP_PKTINFO = 8;
    private static final int MAX_HEADER = 60;

    private final Link link;
    private final OpenFile file;
    private final SocketMessage incoming = new SocketMessage(SIZEOF_SOCKADDR_IN, MAX_HEADER + MAX_PAYLOAD, 64);
    private final SocketMessage outgoing = new SocketMessage(SIZEOF_SOCKADDR_IN, MAX_PAYLOAD, 32);

    private VrrpSocket4(Link link, OpenFile file) {
        this.link = link;
        this.file = file;
    }

    static VrrpSocket open(Link link) throws LinuxException {
        OpenFile file = RawSocket.open(RawSocket.AF_INET, PROTOCOL, link, "VRRP over IPv4");
        try {
            int fd = file.descriptor();
            SocketOption.IP_TTL.set(fd, 255);
            SocketOption.IP_MULTICAST_TTL.set(fd, 255);
            SocketOption.IP_MULTICAST_LOOP.set(fd, 0);
            SocketOption.IP_MULTICAST_ALL.set(fd, 0);
            SocketOption.IP_TOS.set(fd, RawSocket.INTERNETWORK_CONTROL);
            SocketOption.SO_PRIORITY.set(fd, RawSocket.TC_PRIO_CONTROL); // after IP_TOS, which sets it too
            byte[] membership = StructWriter.of(12).bytes(GROUP).zeros(4).int32(link.index()).array(); // ip_mreqn
            SocketOption.IP_MULTICAST_IF.set(fd, membership);
            SocketOption.IP_ADD_MEMBERSHIP.set(fd, membership);
            return new VrrpSocket4(link, file);
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
        ByteBuffer packet = incoming.payload();
        int headerLength = (packet.get(0) & 0x0f) * 4; // the kernel has checked the header
        int hopLimit = packet.get(8) & 0xff;
        InetAddress source = address(packet, 12);
        InetAddress destination = address(packet, 16);
        return Optional.of(new Datagram(packet.position(headerLength).slice(), source, destination, hopLimit));
    }

    private static InetAddress address(ByteBuffer packet, int offset) {
        byte[] octets = new byte[4];
        packet.get(offset, octets);
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 octets are an address", e);
        }
    }

    @Override
    public void send(ByteBuffer payload, InetAddress source, InetAddress destination) throws LinuxException {
        outgoing.payload().clear().put(payload);
        outgoing.name().putShort(0, (short) RawSocket.AF_INET).put(4, destination.getAddress());
        outgoing.startControl(SocketOption.IPPROTO_IP, IP_PKTINFO, SIZEOF_IN_PKTINFO)
                .putInt(link.index())
                .put(source.getAddress());
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
