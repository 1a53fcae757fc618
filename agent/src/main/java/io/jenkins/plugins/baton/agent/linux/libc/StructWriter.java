package io.jenkins.plugins.baton.agent.linux.libc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes a small C struct field by field, numbers in native order, for the calls that take it as an array. */
public final class StructWriter {
    private final ByteBuffer buffer;

    private StructWriter(int size) {
        buffer = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }

    public static StructWriter of(int size) {
        return new StructWriter(size);
    }

    public StructWriter bytes(byte[] value) {
        buffer.put(value);
        return this;
    }

    public StructWriter bytes(byte[] value, int from, int to) {
        buffer.put(value, from, to - from);
        return this;
    }

    public StructWriter zeros(int count) {
        buffer.position(buffer.position() + count);
        return this;
    }

    public StructWriter int8(int value) {
        buffer.put((byte) value);
        return this;
    }

    public StructWriter int16(int value) {
        buffer.putShort((short) value);
        return this;
    }

    /** A 16-bit number in network order. */
    public StructWriter net16(int value) {
        return int8(value >>> 8).int8(value);
    }

    public StructWriter int32(int value) {
        buffer.putInt(value);
        return this;
    }

    public StructWriter int64(long value) {
        buffer.putLong(value);
        return this;
    }

    /** The lower 48 bits in network order, as an Ethernet address. */
    public StructWriter net48(long value) {
        return net16((int) (value >>> 32)).net16((int) (value >>> 16)).net16((int) value);
    }

    /** The whole struct; what was not written is zero. */
    public byte[] array() {
        return buffer.array();
    }
}
