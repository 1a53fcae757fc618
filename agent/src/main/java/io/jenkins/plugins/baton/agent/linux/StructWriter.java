package io.jenkins.plugins.baton.agent.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes a small C struct field by field, numbers in native order, for the calls that take it as an array. */
final class StructWriter {
    private final ByteBuffer buffer;

    private StructWriter(int size) {
        buffer = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }

    static StructWriter of(int size) {
        return new StructWriter(size);
    }

    StructWriter bytes(byte[] value) {
        buffer.put(value);
        return this;
    }

    StructWriter bytes(byte[] value, int from, int to) {
        buffer.put(value, from, to - from);
        return this;
    }

    StructWriter zeros(int count) {
        buffer.position(buffer.position() + count);
        return this;
    }

    StructWriter int8(int value) {
        buffer.put((byte) value);
        return this;
    }

    StructWriter int16(int value) {
        buffer.putShort((short) value);
        return this;
    }

    /** A 16-bit number in network order. */
    StructWriter net16(int value) {
        return int8(value >>> 8).int8(value);
    }

    StructWriter int32(int value) {
        buffer.putInt(value);
        return this;
    }

    StructWriter int64(long value) {
        buffer.putLong(value);
        return this;
    }

    StructWriter mac(MacAddress value) {
        value.writeTo(buffer);
        return this;
    }

    /** The whole struct; what was not written is zero. */
    byte[] array() {
        return buffer.array();
    }
}
