package io.jenkins.plugins.baton.agent.linux.vrrp;

import io.jenkins.plugins.baton.agent.linux.libc.Errno;
import io.jenkins.plugins.baton.agent.linux.libc.ForwardingPollable;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Socket;
import io.jenkins.plugins.baton.agent.linux.libc.SocketMessage;
import io.jenkins.plugins.baton.agent.linux.libc.SocketOption;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A raw socket for VRRP (IP protocol 112) on one interface: multicast and unicast, never blocking. All virtual routers
 * of the interface and family share it; the kernel gives every socket a copy of every packet.
 *
 * <p>It outlives its interface going down and up. When the interface is deleted, sending fails with {@code ENODEV} or
 * {@code ENXIO} and nothing more is received, even when one of the same name is made: close it then, and open one for
 * the new {@link Link}.
 */
public abstract sealed class VrrpSocket extends ForwardingPollable<Socket> permits VrrpSocket4, VrrpSocket6 {
    /** The longest payload is that of 255 IPv6 addresses, 4088 bytes; what is longer than this is cut. */
    public static final int MAX_PAYLOAD = 8192;

    /** The traffic class of routing protocols, CS6. */
    static final int INTERNETWORK_CONTROL = 0xc0;
    /** The highest band of the default queueing discipline. */
    static final int TC_PRIO_CONTROL = 7;

    static final int PROTOCOL = 112;
    /** Room for hundreds of adverts: the reader may be late by a second, a flood may not push good ones out. */
    private static final int RECEIVE_BUFFER = 1 << 20;

    private final Link link;
    /** What was sent last, and is in the message still. */
    private ByteBuffer sent;

    private InetAddress sentFrom;
    private InetAddress sentTo;

    VrrpSocket(Socket socket, Link link) {
        super(socket);
        this.link = link;
    }

    /** @throws LinuxException {@code EPERM} without CAP_NET_RAW, {@code ENODEV} when the interface is gone */
    public static VrrpSocket open(Link link, boolean ipv6) throws LinuxException {
        return ipv6 ? VrrpSocket6.open(link, PROTOCOL) : VrrpSocket4.open(link, PROTOCOL);
    }

    /**
     * One that hears only the probes of {@link ProbePacket}, and sends them: of VRRP or of TCP. What it hears has passed
     * the firewall of this host.
     *
     * @throws LinuxException as {@link #open}
     */
    public static VrrpSocket forProbes(Link link, boolean ipv6, ProbePacket.Protocol protocol) throws LinuxException {
        VrrpSocket socket =
                ipv6 ? VrrpSocket6.open(link, protocol.number()) : VrrpSocket4.open(link, protocol.number());
        socket.socket.set(SocketOption.SO_ATTACH_FILTER, protocol.filter(ipv6).structure());
        return socket;
    }

    static Socket open(Link link, int family, String familyName, int protocol) throws LinuxException {
        String purpose = "for VRRP over " + familyName + " on " + link.name();
        return Socket.open(purpose, family, Socket.RAW | Socket.NONBLOCK, protocol)
                .set(SocketOption.SO_BINDTODEVICE, link.name())
                .set(SocketOption.SO_RCVBUF, RECEIVE_BUFFER);
    }

    /**
     * The next packet, in the order of arrival; empty when there is none. Not only sound ones: everything of protocol
     * 112 whose IP header the kernel accepted.
     */
    public final Optional<Datagram> receive() throws LinuxException {
        SocketMessage message = incoming();
        if (message.receive(socket.descriptor()) >= 0) {
            return Optional.of(read(message));
        }
        return switch (Errno.last()) {
            case EAGAIN, EINTR -> Optional.empty();
            default -> throw LinuxException.last("receive on " + link.name());
        };
    }

    /**
     * From now on packets of others do not come here.
     *
     * @throws LinuxException {@code ENOMEM} when the program is longer than net.core.optmem_max allows; all packets come then
     */
    public final void expect(VrrpSenders senders) throws LinuxException {
        try {
            senders.expected(this instanceof VrrpSocket6).attachTo(socket);
        } catch (LinuxException e) {
            expectAll(); // what was expected before may not be what is expected now
            throw e;
        }
    }

    /** From now on packets of whomever come here. */
    public final void expectAll() {
        try {
            socket.set(SocketOption.SO_DETACH_FILTER, 0);
        } catch (LinuxException e) {
            // ENOENT: it had none.
        }
    }

    /**
     * Sends with a TTL or hop limit of 255.
     *
     * @param payload from its position to its limit, checksum and all; it does not change any more: when it is sent again,
     *     it is not read again
     * @param source an address of this node
     * @param destination the VRRP multicast group, or a peer
     */
    public final void send(ByteBuffer payload, InetAddress source, InetAddress destination) throws LinuxException {
        if (payload != sent || source != sentFrom || destination != sentTo) {
            write(link, source, destination).payload().clear().put(payload.duplicate());
            sent = payload;
            sentFrom = source;
            sentTo = destination;
        }
        SocketMessage message = outgoing();
        if (message.send(socket.descriptor()) < 0) {
            throw LinuxException.lastSend("send to " + IpLiteral.text(destination) + " on " + link.name());
        }
    }

    /** Where the next packet is received. */
    abstract SocketMessage incoming();

    /** Reads the packet that was just received. */
    abstract Datagram read(SocketMessage message);

    /** The message to send. */
    abstract SocketMessage outgoing();

    /** Writes everything but its payload. */
    abstract SocketMessage write(Link from, InetAddress source, InetAddress destination);
}
