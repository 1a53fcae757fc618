package io.jenkins.plugins.baton.cluster;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A TCP address and port. A {@code bind} may have the wildcard address.
 *
 * @param port 1..65535
 */
public record Endpoint(InetAddress address, int port) {

    public InetSocketAddress toSocketAddress() {
        return new InetSocketAddress(address, port);
    }

    @Override
    public String toString() {
        String host = IpLiteral.text(address);
        return (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port;
    }
}
