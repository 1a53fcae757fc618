package io.jenkins.plugins.baton.agent.linux.ethernet;

import io.jenkins.plugins.baton.agent.linux.libc.SocketMessage;
import io.jenkins.plugins.baton.agent.linux.libc.StructWriter;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.util.Optional;

/** "This address is at this MAC": the neighbour advertisement of RFC 4861, section 4.4, in an Ethernet frame. */
final class NeighbourAdvertisement {
    private static final int TYPE = 136;
    private static final int FLAG_ROUTER = 0x80;
    private static final int FLAG_OVERRIDE = 0x20;
    private static final int OPTION_TARGET_LINK_LAYER_ADDRESS = 2;
    private static final int LENGTH_WITHOUT_OPTIONS = 24;
    private static final int OFFSET_TARGET = 8;
    private static final byte[] ALL_NODES = {(byte) 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    private static final MacAddress ALL_NODES_MAC = new MacAddress(0x3333_0000_0001L);

    private NeighbourAdvertisement() {}

    /**
     * To all nodes, unasked, overriding what they knew (section 7.2.6).
     *
     * @param router whether this node forwards; hosts forget a default router that says it does not
     */
    static byte[] unsolicited(MacAddress mac, Inet6Address address, boolean router) {
        byte[] message = StructWriter.of(LENGTH_WITHOUT_OPTIONS + 8)
                .int8(TYPE)
                .int8(0)
                .net16(0)
                .int8(FLAG_OVERRIDE | (router ? FLAG_ROUTER : 0))
                .zeros(3)
                .bytes(address.getAddress())
                .int8(OPTION_TARGET_LINK_LAYER_ADDRESS)
                .int8(1)
                .net48(mac.bits())
                .array();
        return Icmpv6Frame.of(mac, ALL_NODES_MAC, address.getAddress(), ALL_NODES, message);
    }

    /** What an advertisement says; empty when the frame is none. */
    static Optional<NeighbourProbe.Answer> answer(byte[] frame) {
        if (!Icmpv6Frame.isLocal(frame, LENGTH_WITHOUT_OPTIONS) || (frame[Icmpv6Frame.OFFSET_MESSAGE] & 0xff) != TYPE) {
            return Optional.empty();
        }
        int target = Icmpv6Frame.OFFSET_MESSAGE + OFFSET_TARGET;
        return Optional.of(new NeighbourProbe.Answer(
                SocketMessage.address(ByteBuffer.wrap(frame), target, 16), MacAddress.at(frame, 6)));
    }

    /** Who sent this frame, when it is an advertisement for the address. */
    static Optional<MacAddress> sender(byte[] frame, Inet6Address address) {
        return answer(frame).filter(answer -> answer.address().equals(address)).map(NeighbourProbe.Answer::mac);
    }
}
