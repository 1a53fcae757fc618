package io.jenkins.plugins.baton.agent.linux.vrrp;

import io.jenkins.plugins.baton.agent.linux.ethernet.Icmpv6Frame;
import io.jenkins.plugins.baton.agent.linux.ethernet.PacketSocket;
import io.jenkins.plugins.baton.agent.linux.libc.ForwardingPollable;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.SocketMessage;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Receives the VRRP packets on a link that are not for the {@link VrrpSocket}, with the Ethernet address that sent them. Its
 * queue is short: in a flood the kernel drops most of them, and who reads seldom spends little. Never blocks.
 */
public final class StrangerSocket extends ForwardingPollable<PacketSocket> {
    private static final int MAX_FRAME = 2048;
    private static final int RECEIVE_BUFFER = 32 * 1024;
    private static final int ETHERNET_HEADER = 14;
    private static final int ETHERNET_SOURCE = 6;
    private static final int IPV6_HEADER = 40;
    private static final int IPV4_HEADER = 20;

    private final boolean ipv6;

    /** @param mac where the frame came from */
    public record Packet(Datagram datagram, MacAddress mac) {}

    private StrangerSocket(PacketSocket socket, boolean ipv6) {
        super(socket);
        this.ipv6 = ipv6;
    }

    /**
     * @param link an Ethernet one
     * @throws LinuxException {@code EPERM} without CAP_NET_RAW
     */
    public static StrangerSocket open(Link link, boolean ipv6, VrrpSenders senders) throws LinuxException {
        int etherType = ipv6 ? Icmpv6Frame.ETHERTYPE_IPV6 : 0x0800;
        return new StrangerSocket(
                PacketSocket.receiving(link, etherType, senders.strangers(ipv6), MAX_FRAME, RECEIVE_BUFFER), ipv6);
    }

    /** From now on others count as strangers. */
    public void expect(VrrpSenders senders) throws LinuxException {
        socket.filter(senders.strangers(ipv6));
    }

    /** The next packet; empty when there is none. */
    public Optional<Packet> receive() throws LinuxException {
        return socket.receiveFirst(this::read);
    }

    private Optional<Packet> read(byte[] frame) {
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        int header = ipv6 ? IPV6_HEADER : frame.length > ETHERNET_HEADER ? (frame[ETHERNET_HEADER] & 0x0f) * 4 : 0;
        int payload = ETHERNET_HEADER + header;
        if (header < IPV4_HEADER || frame.length < payload) {
            return Optional.empty();
        }
        int length = ipv6
                ? bytes.getShort(ETHERNET_HEADER + 4) & 0xffff
                : (bytes.getShort(ETHERNET_HEADER + 2) & 0xffff) - header;
        int end = Math.min(frame.length, payload + Math.max(0, length)); // short frames are padded
        int addressLength = ipv6 ? 16 : 4;
        int source = ETHERNET_HEADER + (ipv6 ? 8 : 12);
        InetAddress from = SocketMessage.address(bytes, source, addressLength);
        InetAddress to = SocketMessage.address(bytes, source + addressLength, addressLength);
        int hopLimit = frame[ETHERNET_HEADER + (ipv6 ? 7 : 8)] & 0xff;
        ByteBuffer content = bytes.duplicate().position(payload).limit(end).slice();
        return Optional.of(
                new Packet(new Datagram(content, from, to, hopLimit), MacAddress.at(frame, ETHERNET_SOURCE)));
    }
}
