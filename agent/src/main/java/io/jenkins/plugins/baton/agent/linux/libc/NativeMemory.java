package io.jenkins.plugins.baton.agent.linux.libc;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Zeroed memory outside the Java heap that a system call can read and fill, in native byte order. It lives as long as
 * this object is reachable: whoever passes {@link #address()} to a call keeps this in a field.
 */
public final class NativeMemory {
    private final ByteBuffer bytes;
    private final long address;

    public NativeMemory(int size) {
        bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        address = address(bytes);
    }

    /** Where the octets of a direct buffer are, from its position on. */
    public static long address(ByteBuffer direct) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct)) + direct.position();
    }

    public ByteBuffer bytes() {
        return bytes;
    }

    public long address() {
        return address;
    }

    public int size() {
        return bytes.capacity();
    }
}
