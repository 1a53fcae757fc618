package io.jenkins.plugins.baton.agent.plane.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.unix.Socket;
import java.io.IOException;

/**
 * What an event loop reads into: one buffer for all its sessions, because nearly always the other side takes all of it at
 * once. So a read costs no allocation, the buffer stays in the processor's cache, and each stream may be read in large
 * pieces from its first byte on, while 20,000 idle sessions have no buffer at all. Belongs to its loop.
 */
final class ReadBuffer {
    static final int BYTES = 128 * 1024;

    private final PooledByteBufAllocator allocator;
    private ByteBuf buffer;
    private int length;
    private int taken;

    /** With memory of its own: no other loop's lock is needed for it. */
    ReadBuffer() {
        // Chunks of 1 MiB instead of 4: an idle agent is to stay small. No arenas on the heap: sockets need direct
        // memory.
        int pageSize = 8 * 1024;
        int maxOrder = 7;
        allocator = new PooledByteBufAllocator(
                true,
                0,
                1,
                pageSize,
                maxOrder,
                PooledByteBufAllocator.defaultSmallCacheSize(),
                PooledByteBufAllocator.defaultNormalCacheSize(),
                false);
    }

    /**
     * Reads, in place of what was read before.
     *
     * @return how many bytes; 0 when there is nothing now, -1 at the end of the stream
     */
    int read(Socket from) throws IOException {
        if (buffer == null) {
            buffer = allocator.directBuffer(BYTES, BYTES);
        }
        length = 0;
        taken = 0;
        return readMore(from);
    }

    /** Reads behind what was read before. */
    int readMore(Socket from) throws IOException {
        int read = from.readAddress(buffer.memoryAddress(), length, BYTES);
        if (read > 0) {
            length += read;
        }
        return read;
    }

    /** What was read and not taken. */
    int length() {
        return length - taken;
    }

    boolean isFull() {
        return length == BYTES;
    }

    long address() {
        return buffer.memoryAddress() + taken;
    }

    void take(int bytes) {
        taken += bytes;
    }

    /** For what a slow reader leaves. */
    ByteBuf allocate(int bytes) {
        return allocator.directBuffer(bytes, bytes);
    }

    /** What is left, for somebody who keeps it. A small rest is copied, so that it does not hold the large buffer. */
    ByteBuf keep() {
        ByteBuf rest;
        if (length() < BYTES / 2) {
            rest = allocate(length()).writeBytes(buffer, taken, length());
        } else {
            rest = buffer.setIndex(taken, length);
            buffer = null;
        }
        taken = length;
        return rest;
    }

    /** At the end of the loop. */
    void release() {
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }
}
