package io.jenkins.plugins.baton.agent.linux.netlink;

import io.jenkins.plugins.baton.agent.linux.libc.StructWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes one netlink message: header, a fixed struct, attributes (linux/netlink.h); pure. */
public final class NetlinkRequest {
    static final int FLAG_REQUEST = 0x1;
    public static final int FLAG_ACK = 0x4;
    public static final int FLAG_DUMP = 0x300;
    static final int FLAG_REPLACE = 0x100;
    static final int FLAG_EXCLUSIVE = 0x200;
    static final int FLAG_CREATE = 0x400;

    private static final int OFFSET_SEQUENCE = 8;
    private static final int MAX_LENGTH = 256;

    private final ByteBuffer buffer = ByteBuffer.allocate(MAX_LENGTH).order(ByteOrder.nativeOrder());

    private NetlinkRequest(int type, int flags) {
        buffer.putInt(0)
                .putShort((short) type)
                .putShort((short) (FLAG_REQUEST | flags))
                .putInt(0)
                .putInt(0);
    }

    public static NetlinkRequest of(int type, int flags, byte[] struct) {
        NetlinkRequest request = new NetlinkRequest(type, flags);
        request.buffer.put(struct);
        request.align();
        return request;
    }

    public NetlinkRequest attribute(int type, byte[] value) {
        buffer.putShort((short) (4 + value.length)).putShort((short) type).put(value);
        align();
        return this;
    }

    public NetlinkRequest attribute(int type, int value) {
        return attribute(type, StructWriter.of(4).int32(value).array());
    }

    public NetlinkRequest attribute(int type, String text) {
        byte[] name = text.getBytes(StandardCharsets.UTF_8);
        return attribute(type, Arrays.copyOf(name, name.length + 1)); // with its final zero
    }

    /** An attribute that consists of attributes. */
    public NetlinkRequest nested(int type, NetlinkAttributes attributes) {
        return attribute(type | NetlinkAttributes.NESTED, attributes.bytes());
    }

    private void align() {
        buffer.position(buffer.position() + 3 & ~3);
    }

    byte[] toBytes(int sequence) {
        buffer.putInt(0, buffer.position()).putInt(OFFSET_SEQUENCE, sequence);
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
