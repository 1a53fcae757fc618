package io.jenkins.plugins.baton.agent.plane.proxy;

import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageEncoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Tells a backend who the client is, before the client's first byte (HAProxy's proxy-protocol.txt, sections 2.1, 2.2). */
final class ProxyHeader {
    private ProxyHeader() {}

    /**
     * Writes the header, without flushing.
     *
     * @param version 1 or 2
     */
    static void write(int version, EpollSocketChannel client, EpollSocketChannel server) {
        server.pipeline().addFirst(HAProxyMessageEncoder.INSTANCE);
        server.write(message(version, client.remoteAddress(), client.localAddress()), server.voidPromise());
        server.pipeline().remove(HAProxyMessageEncoder.INSTANCE);
    }

    private static HAProxyMessage message(int version, InetSocketAddress from, InetSocketAddress to) {
        boolean ipv6 = from.getAddress() instanceof Inet6Address || to.getAddress() instanceof Inet6Address;
        return new HAProxyMessage(
                version == 1 ? HAProxyProtocolVersion.V1 : HAProxyProtocolVersion.V2,
                HAProxyCommand.PROXY,
                ipv6 ? HAProxyProxiedProtocol.TCP6 : HAProxyProxiedProtocol.TCP4,
                literal(from.getAddress()),
                literal(to.getAddress()),
                from.getPort(),
                to.getPort());
    }

    /** Without the scope of a link-local address, which means nothing to the backend. */
    private static String literal(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress()).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + address.getAddress().length + " bytes", e);
        }
    }
}
