package io.jenkins.plugins.baton.agent.linux.netlink;

import java.nio.ByteBuffer;
import java.util.Optional;

/** {@code RTM_*NEIGH}: struct ndmsg and its attributes (linux/neighbour.h); pure. */
final class NeighbourMessage {
    private static final int NEW = 28;
    private static final int GET = 30;
    private static final int SIZEOF_NDMSG = 12;
    private static final int NDA_DST = 1;
    private static final int NDA_LLADDR = 2;
    private static final int NDA_IFINDEX = 8;
    /** NUD_INCOMPLETE and NUD_FAILED: there is no Ethernet address, or an old one that nobody answers at. */
    private static final int UNRESOLVED = 0x01 | 0x20;

    private NeighbourMessage() {}

    static NetlinkRequest getAll(int linkIndex) {
        return NetlinkRequest.of(GET, NetlinkRequest.FLAG_DUMP, new byte[SIZEOF_NDMSG])
                .attribute(NDA_IFINDEX, linkIndex);
    }

    /** Empty when it is on another link, or not resolved, or no Ethernet neighbour. */
    static Optional<Neighbour> read(NetlinkMessage message, int linkIndex) {
        ByteBuffer header = message.body();
        boolean whole = message.type() == NEW && !message.isShorterThan(SIZEOF_NDMSG);
        if (!whole || header.getInt(4) != linkIndex || (header.getShort(8) & UNRESOLVED) != 0) {
            return Optional.empty();
        }
        Optional<MacAddress> mac = message.attribute(SIZEOF_NDMSG, NDA_LLADDR).flatMap(NetlinkMessage::macAddress);
        return message.attribute(SIZEOF_NDMSG, NDA_DST)
                .flatMap(NetlinkMessage::address)
                .flatMap(address -> mac.map(known -> new Neighbour(address, known)));
    }
}
