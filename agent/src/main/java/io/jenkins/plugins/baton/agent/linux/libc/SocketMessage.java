package io.jenkins.plugins.baton.agent.linux.libc;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One {@code struct msghdr} with a single piece of payload, reused for every datagram, so that sending and receiving
 * make no garbage.
 */
public final class SocketMessage {
    private static final int SIZEOF_MSGHDR = 56;
    private static final int OFFSET_NAME = 0;
    private static final int OFFSET_NAME_LENGTH = 8;
    private static final int OFFSET_VECTOR = 16;
    private static final int OFFSET_VECTOR_LENGTH = 24;
    private static final int OFFSET_CONTROL = 32;
    private static final int OFFSET_CONTROL_LENGTH = 40;
    private static final int SIZEOF_CMSGHDR = 16;

    private static final int MSG_DONTWAIT = 0x40;

    private final NativeMemory header = new NativeMemory(SIZEOF_MSGHDR);
    private final NativeMemory vector = new NativeMemory(16);
    private final NativeMemory name;
    private final NativeMemory payload;
    private final NativeMemory control;

    public SocketMessage(int nameLength, int payloadLength, int controlLength) {
        name = new NativeMemory(nameLength);
        payload = new NativeMemory(payloadLength);
        payload.bytes().order(ByteOrder.BIG_ENDIAN);
        control = new NativeMemory(controlLength);
        header.bytes()
                .putLong(OFFSET_NAME, name.address())
                .putLong(OFFSET_VECTOR, vector.address())
                .putLong(OFFSET_VECTOR_LENGTH, 1)
                .putLong(OFFSET_CONTROL, control.address());
        vector.bytes().putLong(0, payload.address());
    }

    /** The socket address, native order but for its port and address. */
    public ByteBuffer name() {
        return name.bytes();
    }

    /** The payload, network order. */
    public ByteBuffer payload() {
        return payload.bytes();
    }

    /** Where the data of the only ancillary message begins; its header is written here. */
    public ByteBuffer startControl(int level, int type, int dataLength) {
        return control.bytes()
                .clear()
                .putLong(SIZEOF_CMSGHDR + dataLength)
                .putInt(level)
                .putInt(type);
    }

    /**
     * Sends the payload from 0 to its position.
     *
     * @return what {@code sendmsg(2)} returns: the number of bytes, or -1
     */
    public long send(int descriptor) {
        vector.bytes().putLong(8, payload.bytes().position());
        header.bytes().putInt(OFFSET_NAME_LENGTH, name.size()).putLong(OFFSET_CONTROL_LENGTH, control.size());
        return Libc.sendmsg(descriptor, header.address(), MSG_DONTWAIT);
    }

    /**
     * Receives into the payload, whose limit becomes the length; a longer datagram is cut.
     *
     * @return what {@code recvmsg(2)} returns: the number of bytes, or -1
     */
    public long receive(int descriptor) {
        vector.bytes().putLong(8, payload.size());
        header.bytes().putInt(OFFSET_NAME_LENGTH, name.size()).putLong(OFFSET_CONTROL_LENGTH, control.size());
        long length = Libc.recvmsg(descriptor, header.address(), MSG_DONTWAIT);
        payload.bytes().position(0).limit((int) Math.max(0, length));
        return length;
    }

    /** The offset in {@link #control()} of the received ancillary data of this kind, or -1. */
    public int findControl(int level, int type) {
        ByteBuffer bytes = control.bytes();
        int end = (int) header.bytes().getLong(OFFSET_CONTROL_LENGTH);
        int at = 0;
        while (at + SIZEOF_CMSGHDR <= end) {
            long length = bytes.getLong(at);
            if (length < SIZEOF_CMSGHDR) {
                return -1;
            }
            if (bytes.getInt(at + 8) == level && bytes.getInt(at + 12) == type) {
                return at + SIZEOF_CMSGHDR;
            }
            at += (int) (length + 7 & ~7L);
        }
        return -1;
    }

    public ByteBuffer control() {
        return control.bytes();
    }

    /** An address of 4 or 16 octets; a link-local one without the scope, which the socket's interface is. */
    public static InetAddress address(ByteBuffer bytes, int offset, int length) {
        byte[] octets = new byte[length];
        bytes.get(offset, octets);
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new AssertionError(length + " octets are no address", e);
        }
    }
}
