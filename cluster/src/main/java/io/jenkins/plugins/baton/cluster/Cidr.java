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
        return new BigInteger(1, ours)
                        .xor(new BigInteger(1, theirs))
                        .shiftRight(hostBits())
                        .signum()
                == 0;
    }

    /** Whether it is the lowest address of its prefix: the bits after the prefix are all zeros, or there are none. */
    public boolean isLowest() {
        return hostPart().signum() == 0;
    }

    /** Whether it is the highest address of its prefix: the bits after the prefix are all ones, or there are none. */
    public boolean isHighest() {
        return hostPart().equals(hostMask());
    }

    /** How many bits come after the prefix. */
    public int hostBits() {
        return address.getAddress().length * 8 - prefixLength;
    }

    private BigInteger hostPart() {
        return new BigInteger(1, address.getAddress()).and(hostMask());
    }

    private BigInteger hostMask() {
        return BigInteger.ONE.shiftLeft(hostBits()).subtract(BigInteger.ONE);
    }

    @Override
    public String toString() {
        return IpLiteral.text(address) + "/" + prefixLength;
    }
}
