package io.jenkins.plugins.baton.agent.linux;

import java.net.Inet6Address;

/** "Does anybody use this address?": the solicitation of duplicate address detection (RFC 4862, section 5.4.2). */
final class NeighbourSolicitation {
    private static final int TYPE = 135;
    private static final byte[] UNSPECIFIED = new byte[16];
    private static final byte[] SOLICITED_NODE = {(byte) 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, (byte) 0xff, 0, 0, 0};
    private static final long MULTICAST_MAC = 0x3333_ff00_0000L;

    private NeighbourSolicitation() {}

    /** From no address, so that no cache is changed. */
    static byte[] probe(MacAddress mac, Inet6Address address) {
        byte[] target = address.getAddress();
        byte[] group = SOLICITED_NODE.clone();
        System.arraycopy(target, 13, group, 13, 3);
        long low24 = (target[13] & 0xffL) << 16 | (target[14] & 0xffL) << 8 | target[15] & 0xffL;
        byte[] message = StructWriter.of(24).int8(TYPE).zeros(7).bytes(target).array();
        return Icmpv6Frame.of(mac, new MacAddress(MULTICAST_MAC | low24), UNSPECIFIED, group, message);
    }
}
