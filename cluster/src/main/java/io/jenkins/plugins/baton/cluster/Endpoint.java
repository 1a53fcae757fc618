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
    /** 1..65535 without a leading 0, as a regular expression. */
    public static final String PORT =
            "(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

    public InetSocketAddress toSocketAddress() {
        return new InetSocketAddress(address, port);
    }

    @Override
    public String toString() {
        String host = IpLiteral.text(address);
        return (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port;
    }
}
