package io.jenkins.plugins.baton.agent.linux;

import java.net.Inet6Address;

/** The unsolicited neighbour advertisement of RFC 4861, section 7.2.6, whole with its Ethernet and IPv6 headers. */
final class NeighbourAdvertisement {
    static final int ETHERTYPE_IPV6 = 0x86dd;

    private static final int ICMPV6 = 58;
    private static final int TYPE = 136;
    private static final int FLAG_ROUTER = 0x80;
    private static final int FLAG_OVERRIDE = 0x20;
    private static final int OPTION_TARGET_LINK_LAYER_ADDRESS = 2;
    private static final int MESSAGE_LENGTH = 32;
    private static final int OFFSET_CHECKSUM = 2;
    private static final byte[] ALL_NODES = {(byte) 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    private static final MacAddress ALL_NODES_MAC = new MacAddress(0x3333_0000_0001L);

    private NeighbourAdvertisement() {}

    /**
     * "This address is at this MAC now", to all nodes, overriding what they knew.
     *
     * @param router whether this node forwards; hosts forget a default router that says it does not
     */
    static byte[] unsolicited(MacAddress mac, Inet6Address address, boolean router) {
        byte[] message = StructWriter.of(MESSAGE_LENGTH)
                .int8(TYPE).int8(0).net16(0)
                .int8(FLAG_OVERRIDE | (router ? FLAG_ROUTER : 0)).zeros(3)
                .bytes(address.getAddress())
                .int8(OPTION_TARGET_LINK_LAYER_ADDRESS).int8(1).mac(mac)
                .array();
        byte[] pseudoHeader = StructWriter.of(40)
                .bytes(address.getAddress()).bytes(ALL_NODES)
                .net16(0).net16(MESSAGE_LENGTH).net16(0).net16(ICMPV6)
                .array();
        int checksum = InternetChecksum.of(pseudoHeader, message);
        message[OFFSET_CHECKSUM] = (byte) (checksum >>> 8);
        message[OFFSET_CHECKSUM + 1] = (byte) checksum;
        return StructWriter.of(14 + 40 + MESSAGE_LENGTH)
                .mac(ALL_NODES_MAC).mac(mac).net16(ETHERTYPE_IPV6)
                .net16(0x6000).net16(0).net16(MESSAGE_LENGTH).int8(ICMPV6).int8(255)
                .bytes(address.getAddress()).bytes(ALL_NODES)
                .bytes(message)
                .array();
    }
}
