package io.jenkins.plugins.baton.agent.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes attributes that stand inside another one; pure. */
public final class NetlinkAttributes {
    /** NLA_F_NESTED: newer parts of the kernel insist on it. */
    public static final int NESTED = 0x8000;

    private static final int MAX_LENGTH = 128;

    private final ByteBuffer buffer = ByteBuffer.allocate(MAX_LENGTH).order(ByteOrder.nativeOrder());

    public NetlinkAttributes put(int type, byte[] value) {
        buffer.putShort((short) (4 + value.length)).putShort((short) type).put(value);
        buffer.position(buffer.position() + 3 & ~3);
        return this;
    }

    public NetlinkAttributes put(int type, NetlinkAttributes nested) {
        return put(type | NESTED, nested.bytes());
    }

    public byte[] bytes() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }
}
