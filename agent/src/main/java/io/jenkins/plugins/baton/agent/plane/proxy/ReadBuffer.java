package io.jenkins.plugins.baton.agent.plane.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * What an event loop reads into: one buffer for all its sessions, because nearly always the other side takes all of it at
 * once. So a read costs no allocation, the buffer stays in the processor's cache, and each stream may be read in large
 * pieces from its first byte on, while 20,000 idle sessions have no buffer at all. When somebody keeps the buffer, the
 * next read gets a new one. Belongs to its loop.
 */
final class ReadBuffer extends DefaultMaxMessagesRecvByteBufAllocator {
    static final int BYTES = 128 * 1024;

    /** Reads of one session before the others of its loop have their turn. */
    private static final int READS = 16;

    private ByteBuf buffer;

    ReadBuffer() {
        super(READS);
    }

    @Override
    @SuppressWarnings("deprecation") // the type of the result, which newer Netty has under another name
    public Handle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public ByteBuf allocate(ByteBufAllocator allocator) {
                return vacant(allocator);
            }

            private boolean begun;

            /** After the first piece of a stream one more read tells whether that was all: see {@link SessionLeg#cork}. */
            @Override
            public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
                boolean first = !begun;
                begun = true;
                return super.continueReading(first ? UncheckedBooleanSupplier.TRUE_SUPPLIER : maybeMore);
            }

            @Override
            public int guess() {
                return BYTES;
            }
        };
    }

    private ByteBuf vacant(ByteBufAllocator allocator) {
        if (buffer != null && buffer.refCnt() > 1) {
            release();
        }
        if (buffer == null) {
            buffer = allocator.directBuffer(BYTES, BYTES);
        }
        return buffer.clear().retain();
    }

    /** At the end of the loop. */
    void release() {
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }
}
