package io.jenkins.plugins.baton.cluster;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * An address with the length of its prefix, as in {@code 10.86.13.36/32}.
 *
 * @param prefixLength 0..32 or 0..128
 */
public record Cidr(InetAddress address, int prefixLength) {

    /** The address without its subnet: a prefix of its whole length. */
    public static Cidr alone(InetAddress address) {
        return new Cidr(address, address instanceof Inet6Address ? 128 : 32);
    }

    public boolean isIpv6() {
        return address instanceof Inet6Address;
    }

    /** Whether an address of the same family begins with the same {@link #prefixLength} bits. */
    public boolean contains(InetAddress other) {
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        int hostBits = ours.length * 8 - prefixLength;
        return new BigInteger(1, ours)
                        .xor(new BigInteger(1, theirs))
                        .shiftRight(hostBits)
                        .signum()
                == 0;
    }

    @Override
    public String toString() {
        return IpLiteral.text(address) + "/" + prefixLength;
    }
}
