package io.jenkins.plugins.baton.agent.linux.ethernet;

import io.jenkins.plugins.baton.agent.linux.libc.StructWriter;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import java.net.Inet6Address;

/** "Is anybody at this address?": the neighbour solicitation of RFC 4861, section 4.3. */
final class NeighbourSolicitation {
    private static final int TYPE = 135;
    private static final int OPTION_SOURCE_LINK_LAYER_ADDRESS = 1;
    private static final byte[] UNSPECIFIED = new byte[16];
    private static final byte[] SOLICITED_NODE = {(byte) 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, (byte) 0xff, 0, 0, 0};
    private static final long MULTICAST_MAC = 0x3333_ff00_0000L;

    private NeighbourSolicitation() {}

    /** As in duplicate address detection (RFC 4862, section 5.4.2): from no address, so that no cache is changed. */
    static byte[] probe(MacAddress mac, Inet6Address address) {
        byte[] message = StructWriter.of(24)
                .int8(TYPE)
                .zeros(7)
                .bytes(address.getAddress())
                .array();
        return toGroup(mac, UNSPECIFIED, address, message);
    }

    /**
     * As the kernel asks.
     *
     * @param to the host's own Ethernet address if it is known, else the broadcast: then its multicast group is asked
     */
    static byte[] request(MacAddress mac, Inet6Address own, MacAddress to, Inet6Address address) {
        byte[] message = StructWriter.of(32)
                .int8(TYPE)
                .zeros(7)
                .bytes(address.getAddress())
                .int8(OPTION_SOURCE_LINK_LAYER_ADDRESS)
                .int8(1)
                .net48(mac.bits())
                .array();
        return to.equals(MacAddress.BROADCAST)
                ? toGroup(mac, own.getAddress(), address, message)
                : Icmpv6Frame.of(mac, to, own.getAddress(), address.getAddress(), message);
    }

    /** To the solicited-node multicast group of the address (RFC 4291, section 2.7.1). */
    private static byte[] toGroup(MacAddress mac, byte[] source, Inet6Address address, byte[] message) {
        byte[] target = address.getAddress();
        byte[] group = SOLICITED_NODE.clone();
        System.arraycopy(target, 13, group, 13, 3);
        long low24 = (target[13] & 0xffL) << 16 | (target[14] & 0xffL) << 8 | target[15] & 0xffL;
        return Icmpv6Frame.of(mac, new MacAddress(MULTICAST_MAC | low24), source, group, message);
    }
}
