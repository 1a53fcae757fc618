package io.jenkins.plugins.baton.cluster;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * An address with the length of its prefix, as in {@code 10.86.13.36/32}.
 *
 * @param prefixLength 0..32 or 0..128
 */
public record Cidr(InetAddress address, int prefixLength) {

    public boolean isIpv6() {
        return address instanceof Inet6Address;
    }

    @Override
    public String toString() {
        return IpLiteral.text(address) + "/" + prefixLength;
    }
}
