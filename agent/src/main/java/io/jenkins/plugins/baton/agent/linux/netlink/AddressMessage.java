package io.jenkins.plugins.baton.agent.linux.netlink;

import io.jenkins.plugins.baton.agent.linux.libc.Socket;
import io.jenkins.plugins.baton.agent.linux.libc.StructWriter;
import io.jenkins.plugins.baton.cluster.Cidr;
import java.nio.ByteBuffer;
import java.util.Optional;

/** {@code RTM_*ADDR}: struct ifaddrmsg and its attributes (linux/if_addr.h); pure. */
final class AddressMessage {
    static final int NEW = 20;
    static final int REMOVED = 21;

    private static final int GET = 22;
    private static final int SIZEOF_IFADDRMSG = 8;
    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;
    private static final int IFA_CACHEINFO = 6;
    private static final int IFA_FLAGS = 8;

    private AddressMessage() {}

    static NetlinkRequest getAll() {
        return NetlinkRequest.of(GET, NetlinkRequest.FLAG_DUMP, new byte[SIZEOF_IFADDRMSG]);
    }

    /** @param flags {@link NetlinkRequest#FLAG_REPLACE} to renew what is there, or {@code FLAG_EXCLUSIVE} */
    static NetlinkRequest assign(int linkIndex, Cidr address, Lifetime lifetime, int flags) {
        // A VIP brings no route to its subnet: the node's own address has that, and it must outlive the VIP.
        // It is used at once: the node that had it may be dead, but its address may still answer detection.
        int addressFlags = AssignedAddress.IFA_F_NOPREFIXROUTE | (address.isIpv6() ? AssignedAddress.IFA_F_NODAD : 0);
        byte[] cacheInfo = StructWriter.of(16)
                .int32((int) lifetime.preferredSeconds())
                .int32((int) lifetime.validSeconds())
                .array();
        return request(NEW, NetlinkRequest.FLAG_CREATE | flags, linkIndex, address)
                .attribute(IFA_FLAGS, addressFlags)
                .attribute(IFA_CACHEINFO, cacheInfo);
    }

    static NetlinkRequest remove(int linkIndex, Cidr address) {
        return request(REMOVED, 0, linkIndex, address);
    }

    private static NetlinkRequest request(int type, int flags, int linkIndex, Cidr address) {
        byte[] header = StructWriter.of(SIZEOF_IFADDRMSG)
                .int8(address.isIpv6() ? Socket.AF_INET6 : Socket.AF_INET)
                .int8(address.prefixLength())
                .int8(0) // flags are in an attribute, where they have 32 bits
                .int8(0) // RT_SCOPE_UNIVERSE
                .int32(linkIndex)
                .array();
        byte[] octets = address.address().getAddress();
        return NetlinkRequest.of(type, NetlinkRequest.FLAG_ACK | flags, header)
                .attribute(IFA_LOCAL, octets)
                .attribute(IFA_ADDRESS, octets);
    }

    /** Empty when it is of another family, or of a kind that Baton does not know. */
    static Optional<AssignedAddress> read(NetlinkMessage message) {
        ByteBuffer header = message.body();
        if (message.isShorterThan(SIZEOF_IFADDRMSG)) {
            return Optional.empty();
        }
        // IFA_ADDRESS is the peer on a point-to-point link; IFA_LOCAL is missing in IPv6.
        return attribute(message, IFA_LOCAL)
                .or(() -> attribute(message, IFA_ADDRESS))
                .flatMap(NetlinkMessage::address)
                .map(address -> new AssignedAddress(
                        header.getInt(4),
                        new Cidr(address, header.get(1) & 0xff),
                        message.attribute(SIZEOF_IFADDRMSG, IFA_FLAGS, 4)
                                .map(flags -> flags.getInt(0))
                                .orElse(header.get(2) & 0xff),
                        header.get(3) & 0xff,
                        message.attribute(SIZEOF_IFADDRMSG, IFA_CACHEINFO, 8)
                                .map(AddressMessage::lifetime)
                                .orElse(Lifetime.FOREVER)));
    }

    private static Lifetime lifetime(ByteBuffer cacheInfo) {
        long preferred = Integer.toUnsignedLong(cacheInfo.getInt(0));
        long valid = Math.max(1, Integer.toUnsignedLong(cacheInfo.getInt(4))); // 0 in its very last second
        return new Lifetime(valid, Math.min(preferred, valid));
    }

    private static Optional<ByteBuffer> attribute(NetlinkMessage message, int type) {
        return message.attribute(SIZEOF_IFADDRMSG, type);
    }
}
