package io.jenkins.plugins.baton.agent.plane.proxy;

import io.jenkins.plugins.baton.agent.linux.libc.Descriptors;
import io.netty.buffer.ByteBuf;
import io.netty.channel.epoll.Native;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;

/**
 * Moves the bytes of a fast stream from socket to socket within the kernel, by splice(2) over a pipe. The pipe is the event
 * loop's, not a session's: it is empty again whenever a move is over. Belongs to its loop.
 *
 * <p>Netty's own {@code spliceTo} is not used: it works with level-triggered channels only, spins at the end of a stream that
 * may be half-closed, and takes two descriptors for each direction of a session.
 */
final class Splice {
    /** What an unprivileged process may have a pipe hold by default (fs.pipe-max-size), and what is moved at once. */
    private static final int BYTES = 1 << 20;

    private FileDescriptor in;
    private FileDescriptor out;

    /**
     * Takes what a socket has into the pipe.
     *
     * @return how many bytes; 0 when there is nothing now, at the end of the stream, and when no pipe can be had: a read tells
     */
    int take(Socket from) throws IOException {
        if (in == null && !open()) {
            return 0;
        }
        return Native.splice(from.intValue(), -1, in.intValue(), -1, BYTES);
    }

    private boolean open() {
        try {
            FileDescriptor[] pipe = FileDescriptor.pipe();
            out = pipe[0];
            in = pipe[1];
            Descriptors.enlargePipe(in.intValue(), BYTES);
            return true;
        } catch (IOException e) {
            return false; // too many open files: then bytes go through a buffer
        }
    }

    /**
     * Gives what was taken to a socket.
     *
     * @return how many of the bytes it accepted
     */
    int give(Socket to, int bytes) throws IOException {
        int given = 0;
        while (given < bytes) {
            int now = Native.splice(out.intValue(), -1, to.intValue(), -1, bytes - given);
            if (now == 0) {
                break;
            }
            given += now;
        }
        return given;
    }

    /** What was taken and not given. */
    ByteBuf rest(ReadBuffer memory, int bytes) throws IOException {
        ByteBuf rest = memory.allocate(bytes);
        try {
            while (rest.isWritable()) {
                int read = out.readAddress(rest.memoryAddress(), rest.writerIndex(), rest.capacity());
                if (read <= 0) {
                    throw new IOException("a pipe lost " + rest.writableBytes() + " bytes");
                }
                rest.writerIndex(rest.writerIndex() + read);
            }
            return rest;
        } catch (IOException e) {
            rest.release();
            throw e;
        }
    }

    /** After a failure, and at the end of the loop: what may still be in the pipe is of no use to the next session. */
    void close() {
        if (in != null) {
            closeQuietly(in);
            closeQuietly(out);
            in = null;
            out = null;
        }
    }

    private static void closeQuietly(FileDescriptor end) {
        try {
            end.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
