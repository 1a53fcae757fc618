package io.jenkins.plugins.baton.agent.linux.netlink;

import java.nio.ByteBuffer;
import java.util.Optional;

/** {@code RTM_*LINK}: struct ifinfomsg and its attributes (linux/if_link.h); pure. */
final class LinkMessage {
    static final int NEW = 16;
    static final int REMOVED = 17;

    private static final int AF_UNSPEC = 0;
    private static final int GET = 18;
    private static final int SIZEOF_IFINFOMSG = 16;
    private static final int IFLA_ADDRESS = 1;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_MTU = 4;
    private static final int IFLA_OPERSTATE = 16;
    private static final int IFLA_EXT_MASK = 29;
    private static final int RTEXT_FILTER_SKIP_STATS = 1 << 3;

    private LinkMessage() {}

    static NetlinkRequest getAll() {
        return NetlinkRequest.of(GET, NetlinkRequest.FLAG_DUMP, new byte[SIZEOF_IFINFOMSG])
                .attribute(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
    }

    static NetlinkRequest get(String name) {
        return NetlinkRequest.of(GET, NetlinkRequest.FLAG_ACK, new byte[SIZEOF_IFINFOMSG])
                .attribute(IFLA_IFNAME, name)
                .attribute(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
    }

    /**
     * Empty for the messages of another family: those of AF_BRIDGE speak of the port of a bridge, and the removal of
     * the port is not that of the interface.
     */
    static Optional<Link> read(NetlinkMessage message) {
        ByteBuffer header = message.body();
        if (message.isShorterThan(SIZEOF_IFINFOMSG) || header.get(0) != AF_UNSPEC) {
            return Optional.empty();
        }
        return Optional.of(new Link(
                header.getInt(4),
                attribute(message, IFLA_IFNAME).map(NetlinkMessage::text).orElse(""),
                attribute(message, IFLA_ADDRESS)
                        .flatMap(NetlinkMessage::macAddress)
                        .orElse(MacAddress.NONE),
                header.getShort(2) & 0xffff,
                header.getInt(8),
                message.attribute(SIZEOF_IFINFOMSG, IFLA_OPERSTATE, 1)
                        .map(state -> Link.OperState.of(state.get(0)))
                        .orElse(Link.OperState.UNKNOWN),
                message.attribute(SIZEOF_IFINFOMSG, IFLA_MTU, 4)
                        .map(mtu -> mtu.getInt(0))
                        .orElse(0)));
    }

    private static Optional<ByteBuffer> attribute(NetlinkMessage message, int type) {
        return message.attribute(SIZEOF_IFINFOMSG, type);
    }
}
