package io.jenkins.plugins.baton.agent.plane.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.channel.unix.NativeInetAddress;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Tells a backend who the client is, before the client's first byte (HAProxy's proxy-protocol.txt, sections 2.1, 2.2). */
final class ProxyHeader {
    private static final byte[] SIGNATURE = {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A};
    private static final byte VERSION_2_PROXY = 0x21;
    private static final byte TCP_OVER_IPV4 = 0x11;
    private static final byte TCP_OVER_IPV6 = 0x21;
    private static final int PORTS_BYTES = 4;
    /** Version, family, and the length of what follows. */
    private static final int FIXED_BYTES = 4;

    private ProxyHeader() {}

    /**
     * @param version 1 or 2
     * @param from the client
     * @param to where it connected to
     */
    static byte[] of(int version, InetSocketAddress from, InetSocketAddress to) {
        InetAddress source = plain(from.getAddress());
        InetAddress destination = plain(to.getAddress());
        boolean ipv6 = source instanceof Inet6Address || destination instanceof Inet6Address;
        return version == 1
                ? ("PROXY " + (ipv6 ? "TCP6 " : "TCP4 ") + literal(source, ipv6) + " " + literal(destination, ipv6)
                                + " " + from.getPort() + " " + to.getPort() + "\r\n")
                        .getBytes(US_ASCII)
                : binary(
                        ipv6 ? TCP_OVER_IPV6 : TCP_OVER_IPV4,
                        octets(source, ipv6),
                        octets(destination, ipv6),
                        from.getPort(),
                        to.getPort());
    }

    private static byte[] binary(byte family, byte[] source, byte[] destination, int sourcePort, int destinationPort) {
        int length = source.length + destination.length + PORTS_BYTES;
        return ByteBuffer.allocate(SIGNATURE.length + FIXED_BYTES + length)
                .put(SIGNATURE)
                .put(VERSION_2_PROXY)
                .put(family)
                .putShort((short) length)
                .put(source)
                .put(destination)
                .putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .array();
    }

    /** Without a scope, which means nothing to the backend; an IPv4 address that an IPv6 socket shows as one of IPv6. */
    private static InetAddress plain(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + address.getAddress().length + " octets", e);
        }
    }

    private static byte[] octets(InetAddress address, boolean ipv6) {
        byte[] octets = address.getAddress();
        return ipv6 && octets.length == 4 ? NativeInetAddress.ipv4MappedIpv6Address(octets) : octets;
    }

    private static String literal(InetAddress address, boolean ipv6) {
        return (ipv6 && address instanceof Inet4Address ? "::ffff:" : "") + address.getHostAddress();
    }
}
