package io.jenkins.plugins.baton.agent.linux.netlink;

/**
 * A 48-bit Ethernet address.
 *
 * @param bits the six octets, the first one highest
 */
public record MacAddress(long bits) {
    public static final int LENGTH = 6;
    public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);
    public static final MacAddress NONE = new MacAddress(0);

    /** @throws IllegalArgumentException when it is not six octets */
    public static MacAddress of(byte[] octets) {
        if (octets.length != LENGTH) {
            throw new IllegalArgumentException("an Ethernet address has 6 octets, not " + octets.length);
        }
        return at(octets, 0);
    }

    /** The six octets of a frame that begin at the offset. */
    public static MacAddress at(byte[] frame, int offset) {
        long bits = 0;
        for (int i = offset; i < offset + LENGTH; i++) {
            bits = bits << 8 | frame[i] & 0xff;
        }
        return new MacAddress(bits);
    }

    /** The virtual router MAC address of RFC 9568, section 7.3, which some software sends its adverts from. */
    public static MacAddress ofVirtualRouter(int virtualRouterId, boolean ipv6) {
        return new MacAddress((ipv6 ? 0x0000_5e00_0200L : 0x0000_5e00_0100L) | virtualRouterId);
    }

    /** By hand, as they are compared often: the method handles of a record's own are slow in the first compiler. */
    @Override
    public boolean equals(Object other) {
        return other instanceof MacAddress mac && bits == mac.bits;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(bits);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(17);
        for (int shift = 40; shift >= 0; shift -= 8) {
            text.append(String.format("%02x", bits >>> shift & 0xff)).append(shift == 0 ? "" : ":");
        }
        return text.toString();
    }
}
