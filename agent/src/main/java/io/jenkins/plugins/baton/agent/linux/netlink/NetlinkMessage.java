package io.jenkins.plugins.baton.agent.linux.netlink;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One message read from a netlink socket; pure.
 *
 * @param type RTM_* or NLMSG_*
 * @param flags NLM_F_*
 * @param sequence of the request that it answers
 * @param body what follows the header
 */
public record NetlinkMessage(int type, int flags, int sequence, ByteBuffer body) {
    static final int ERROR = 2;
    static final int DONE = 3;

    private static final int HEADER_LENGTH = 16;
    private static final int FLAG_DUMP_INTERRUPTED = 0x10;
    private static final int FLAG_CAPPED = 0x100;
    private static final int FLAG_ACK_ATTRIBUTES = 0x200;
    private static final int NLMSGERR_ATTR_MSG = 1;
    private static final int ATTRIBUTE_TYPE = 0x3fff;

    /** Hands over each message between position and limit; what is cut short at the end is left out. */
    static void forEach(ByteBuffer received, Consumer<NetlinkMessage> reader) {
        ByteBuffer rest = received.duplicate().order(ByteOrder.nativeOrder());
        while (rest.remaining() >= HEADER_LENGTH) {
            int start = rest.position();
            int length = rest.getInt(start);
            if (length < HEADER_LENGTH || length > rest.remaining()) {
                return;
            }
            ByteBuffer body =
                    rest.slice(start + HEADER_LENGTH, length - HEADER_LENGTH).order(ByteOrder.nativeOrder());
            int type = rest.getShort(start + 4) & 0xffff;
            int flags = rest.getShort(start + 6) & 0xffff;
            reader.accept(new NetlinkMessage(type, flags, rest.getInt(start + 8), body));
            rest.position(Math.min(rest.limit(), start + (length + 3 & ~3)));
        }
    }

    /** The kernel's table changed while it was dumped: what was read may be incomplete. */
    boolean isInterrupted() {
        return (flags & FLAG_DUMP_INTERRUPTED) != 0;
    }

    /** Of {@link #ERROR} and {@link #DONE}: the errno, or 0 for success. */
    int errorCode() {
        return body.remaining() < 4 ? 0 : -body.getInt(0);
    }

    /** Of {@link #ERROR}: the kernel's own words, where it has any (extended acknowledgement). */
    Optional<String> errorText() {
        if ((flags & FLAG_ACK_ATTRIBUTES) == 0 || body.remaining() < 8) {
            return Optional.empty();
        }
        int requestLength = (flags & FLAG_CAPPED) != 0 ? HEADER_LENGTH : body.getInt(4);
        return attribute(4 + (requestLength + 3 & ~3), NLMSGERR_ATTR_MSG).map(NetlinkMessage::text);
    }

    /** The first attribute of this type among those that begin at an offset of the body. */
    public Optional<ByteBuffer> attribute(int offset, int type) {
        return attribute(body, offset, type);
    }

    /**
     * The first attribute of this type, when its value has the length that its reader needs.
     *
     * @param atLeast in octets
     */
    public Optional<ByteBuffer> attribute(int offset, int type, int atLeast) {
        return attribute(offset, type).filter(value -> value.remaining() >= atLeast);
    }

    /** Whether the body has less than the struct that messages of its type begin with, which the kernel never sends. */
    public boolean isShorterThan(int struct) {
        return body.remaining() < struct;
    }

    /** The first attribute of this type among those that an attribute consists of. */
    public static Optional<ByteBuffer> nested(ByteBuffer attribute, int type) {
        return attribute(attribute, 0, type);
    }

    /** As above, when its value has at least so many octets. */
    public static Optional<ByteBuffer> nested(ByteBuffer attribute, int type, int atLeast) {
        return nested(attribute, type).filter(value -> value.remaining() >= atLeast);
    }

    private static Optional<ByteBuffer> attribute(ByteBuffer within, int offset, int type) {
        int at = offset;
        while (at >= 0 && at <= within.limit() - 4) {
            int length = within.getShort(at) & 0xffff;
            if (length < 4 || at + length > within.limit()) {
                return Optional.empty();
            }
            if ((within.getShort(at + 2) & ATTRIBUTE_TYPE) == type) {
                return Optional.of(within.slice(at + 4, length - 4).order(ByteOrder.nativeOrder()));
            }
            at += length + 3 & ~3;
        }
        return Optional.empty();
    }

    /** An attribute that is a string with a final zero. */
    public static String text(ByteBuffer attribute) {
        byte[] bytes = bytes(attribute);
        int end = bytes.length > 0 && bytes[bytes.length - 1] == 0 ? bytes.length - 1 : bytes.length;
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    /** An attribute that is an address of either family; empty when it is none. */
    public static Optional<InetAddress> address(ByteBuffer attribute) {
        try {
            return Optional.of(InetAddress.getByAddress(bytes(attribute)));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** An attribute that is an Ethernet address; empty when it is none. */
    static Optional<MacAddress> macAddress(ByteBuffer attribute) {
        return attribute.remaining() == MacAddress.LENGTH
                ? Optional.of(MacAddress.of(bytes(attribute)))
                : Optional.empty();
    }

    public static byte[] bytes(ByteBuffer attribute) {
        byte[] bytes = new byte[attribute.remaining()];
        attribute.get(0, bytes);
        return bytes;
    }
}
