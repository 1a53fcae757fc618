package io.jenkins.plugins.baton.agent.linux.ethernet;

import io.jenkins.plugins.baton.agent.linux.libc.SocketMessage;
import io.jenkins.plugins.baton.agent.linux.libc.StructWriter;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** ARP frames, whole with their Ethernet header (RFC 826). */
final class ArpFrame {
    static final int ETHERTYPE_ARP = 0x0806;

    private static final int REQUEST = 1;
    private static final int REPLY = 2;
    private static final int ETHERNET = 1;
    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int LENGTH = 42;
    private static final int OFFSET_OPERATION = 20;
    private static final int OFFSET_SENDER = 22;
    private static final int OFFSET_SENDER_ADDRESS = 28;
    private static final int OFFSET_TARGET_ADDRESS = 38;
    private static final byte[] NO_ADDRESS = new byte[4];

    private ArpFrame() {}

    /** "This address is mine", as a request; the target hardware address as keepalived and arping fill it. */
    static byte[] gratuitousRequest(MacAddress mac, Inet4Address address) {
        return frame(REQUEST, mac, address.getAddress(), MacAddress.BROADCAST, address.getAddress());
    }

    /** The same as a reply that nobody asked for (RFC 5944, section 4.6: the target is the sender). */
    static byte[] gratuitousReply(MacAddress mac, Inet4Address address) {
        return frame(REPLY, mac, address.getAddress(), mac, address.getAddress());
    }

    /** "Does anybody use this address?" From no address, so that no cache is changed (RFC 5227, section 2.1.1). */
    static byte[] probe(MacAddress mac, Inet4Address address) {
        return frame(REQUEST, mac, NO_ADDRESS, MacAddress.NONE, address.getAddress());
    }

    /**
     * "Who has this address?", as the kernel asks (RFC 826).
     *
     * @param to the host's own Ethernet address if it is known, else the broadcast
     */
    static byte[] request(MacAddress mac, Inet4Address own, MacAddress to, Inet4Address address) {
        return frame(to, REQUEST, mac, own.getAddress(), MacAddress.NONE, address.getAddress());
    }

    /** What a reply says; empty when the frame is none. */
    static Optional<NeighbourProbe.Answer> answer(byte[] frame) {
        return frame.length >= LENGTH && frame[OFFSET_OPERATION + 1] == REPLY ? claim(frame) : Optional.empty();
    }

    /** Which address its sender says to have, in a request or a reply; empty when the frame is neither. */
    static Optional<NeighbourProbe.Answer> claim(byte[] frame) {
        if (frame.length < LENGTH || !isArp(frame)) {
            return Optional.empty();
        }
        return Optional.of(new NeighbourProbe.Answer(
                SocketMessage.address(ByteBuffer.wrap(frame), OFFSET_SENDER_ADDRESS, 4),
                MacAddress.at(frame, OFFSET_SENDER)));
    }

    private static boolean isArp(byte[] frame) {
        return frame[12] == ETHERTYPE_ARP >>> 8 && frame[13] == (ETHERTYPE_ARP & 0xff);
    }

    /** Who sent this frame, when it shows that its sender uses the address, or is about to (section 2.1.1). */
    static Optional<MacAddress> claimant(byte[] frame, Inet4Address address) {
        boolean claims = frame.length >= LENGTH
                && (has(frame, OFFSET_SENDER_ADDRESS, address.getAddress())
                        || has(frame, OFFSET_SENDER_ADDRESS, NO_ADDRESS)
                                && has(frame, OFFSET_TARGET_ADDRESS, address.getAddress()));
        return claims ? Optional.of(MacAddress.at(frame, OFFSET_SENDER)) : Optional.empty();
    }

    private static boolean has(byte[] frame, int offset, byte[] address) {
        return Arrays.equals(frame, offset, offset + 4, address, 0, 4);
    }

    private static byte[] frame(
            int operation, MacAddress sender, byte[] senderAddress, MacAddress target, byte[] targetAddress) {
        return frame(MacAddress.BROADCAST, operation, sender, senderAddress, target, targetAddress);
    }

    private static byte[] frame(
            MacAddress to,
            int operation,
            MacAddress sender,
            byte[] senderAddress,
            MacAddress target,
            byte[] targetAddress) {
        return StructWriter.of(LENGTH)
                .net48(to.bits())
                .net48(sender.bits())
                .net16(ETHERTYPE_ARP)
                .net16(ETHERNET)
                .net16(ETHERTYPE_IPV4)
                .int8(MacAddress.LENGTH)
                .int8(4)
                .net16(operation)
                .net48(sender.bits())
                .bytes(senderAddress)
                .net48(target.bits())
                .bytes(targetAddress)
                .array();
    }
}
