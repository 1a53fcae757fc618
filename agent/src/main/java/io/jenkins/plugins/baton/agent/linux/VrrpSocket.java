package io.jenkins.plugins.baton.agent.linux;

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
public sealed interface VrrpSocket extends Pollable permits VrrpSocket4, VrrpSocket6 {
    int PROTOCOL = 112;

    /** The longest payload is that of 255 IPv6 addresses, 4088 bytes; what is longer than this is cut. */
    int MAX_PAYLOAD = 8192;

    /** @throws LinuxException {@code EPERM} without CAP_NET_RAW, {@code ENODEV} when the interface is gone */
    static VrrpSocket open(Link link, boolean ipv6) throws LinuxException {
        return ipv6 ? VrrpSocket6.open(link) : VrrpSocket4.open(link);
    }

    /**
     * The next packet, in the order of arrival; empty when there is none. Not only sound ones: everything of protocol
     * 112 whose IP header the kernel accepted.
     */
    Optional<Datagram> receive() throws LinuxException;

    /**
     * Sends with a TTL or hop limit of 255.
     *
     * @param payload from its position to its limit, checksum and all; its position is moved
     * @param source an address of this node
     * @param destination the VRRP multicast group, or a peer
     */
    void send(ByteBuffer payload, InetAddress source, InetAddress destination) throws LinuxException;
}
