package io.jenkins.plugins.baton.agent.linux;

import java.net.Inet4Address;

/** Broadcast ARP frames (RFC 826, RFC 5227), whole with their Ethernet header. */
final class ArpFrame {
    static final int ETHERTYPE_ARP = 0x0806;

    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int LENGTH = 42;
    private static final byte[] NO_ADDRESS = new byte[4];

    private enum Operation {
        REQUEST,
        REPLY;

        int number() {
            return ordinal() + 1;
        }
    }

    private ArpFrame() {}

    /** "This address is mine", as a request: refreshes caches that know the address (RFC 5227, section 3). */
    static byte[] announcement(MacAddress mac, Inet4Address address) {
        return frame(Operation.REQUEST, mac, address.getAddress(), MacAddress.BROADCAST, address.getAddress());
    }

    /** The same as an unasked reply, for hosts that only learn from replies. */
    static byte[] unaskedReply(MacAddress mac, Inet4Address address) {
        return frame(Operation.REPLY, mac, address.getAddress(), MacAddress.BROADCAST, address.getAddress());
    }

    /** "Does anybody use this address?" From no address, so that no cache is changed (RFC 5227, section 2.1.1). */
    static byte[] probe(MacAddress mac, Inet4Address address) {
        return frame(Operation.REQUEST, mac, NO_ADDRESS, MacAddress.NONE, address.getAddress());
    }

    private static byte[] frame(
            Operation operation, MacAddress sender, byte[] senderAddress, MacAddress target, byte[] targetAddress) {
        return StructWriter.of(LENGTH)
                .mac(MacAddress.BROADCAST).mac(sender).net16(ETHERTYPE_ARP)
                .net16(1).net16(ETHERTYPE_IPV4).int8(MacAddress.LENGTH).int8(4).net16(operation.number())
                .mac(sender).bytes(senderAddress)
                .mac(target).bytes(targetAddress)
                .array();
    }
}
