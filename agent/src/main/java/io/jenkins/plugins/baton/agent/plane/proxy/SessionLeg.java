package io.jenkins.plugins.baton.agent.plane.proxy;

import io.jenkins.plugins.baton.agent.linux.libc.Descriptors;
import io.jenkins.plugins.baton.agent.linux.libc.Epoll;
import io.jenkins.plugins.baton.agent.linux.loop.Watched;
import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;

/**
 * One end of a session: the client or the server. Passes what it reads to the other end, does not read while the other end
 * cannot keep up, and carries the end of its stream over (half-close).
 *
 * <p>The kernel tells of changes only (edge-triggered), once for all kinds of them. So a leg remembers that there is
 * something to read until a read has said that there is no more.
 */
final class SessionLeg extends Watched {
    static final int INTEREST = Epoll.IN | Epoll.OUT | Epoll.RDHUP | Epoll.EDGE;

    /** Before other sessions of the loop have their turn. */
    private static final int READS = 16;

    private static final int SPLICES = 4;

    final Socket socket;
    final boolean isClient;
    private final Session session;

    /** The other end, once both are connected. */
    private SessionLeg other;

    private boolean readable;
    /** The end of its stream has arrived, behind what there is to read. */
    private boolean endIsNear;

    /** A read is going to fail, behind what there is to read. */
    private boolean failing;

    private boolean inputEnded;
    private boolean outputEnded;

    /** What the kernel did not take; the other end is not read meanwhile. */
    private ByteBuf waiting;

    private boolean endsAfterWaiting;
    private boolean answered;
    private boolean sendsAtOnce;
    private boolean hasSent;

    /** @param sendsAtOnce whether the socket has TCP_NODELAY */
    SessionLeg(Session session, Socket socket, boolean isClient, boolean sendsAtOnce) {
        this.session = session;
        this.socket = socket;
        this.isClient = isClient;
        this.sendsAtOnce = sendsAtOnce;
    }

    /** From now on these two talk to each other, beginning with what they have said already. */
    static void join(SessionLeg client, SessionLeg server) {
        client.other = server;
        server.other = client;
        client.pass();
        server.pass();
    }

    @Override
    protected void ready(int events) {
        if (session.isOver()) {
            return;
        }
        try {
            happened(events);
        } catch (RuntimeException | Error e) { // Netty throws an Error when it has no memory for what waits
            session.broken(this);
            throw e;
        }
    }

    private void happened(int events) {
        boolean reset = (events & Epoll.ERR) != 0; // then the end of the stream is reported too, and there is none
        failing |= reset;
        endIsNear |= (events & Epoll.RDHUP) != 0 && !reset;
        readable |= !inputEnded && (events & (Epoll.IN | Epoll.RDHUP | Epoll.ERR | Epoll.HUP)) != 0;
        if (other == null) {
            session.happened(this, (events & (Epoll.ERR | Epoll.HUP)) != 0);
        } else if (reset && inputEnded) {
            session.broken(this); // no read will tell
        } else {
            if (waiting != null && (events & (Epoll.OUT | Epoll.ERR | Epoll.HUP)) != 0) {
                flush();
            }
            pass();
        }
    }

    /** Passes on what there is to read, as far as the other end takes it. */
    private void pass() {
        for (int reads = 0; readable && other.waiting == null && !session.isOver(); reads++) {
            if (reads == READS) {
                session.again(this);
                return;
            }
            try {
                passOne(session.readBuffer());
            } catch (IOException e) {
                session.broken(this);
            }
        }
    }

    private void passOne(ReadBuffer buffer) throws IOException {
        int read = buffer.read(socket);
        if (read < 0 && !failing) {
            endInput();
        } else if (read < 0) {
            session.broken(this); // a failed send has taken the error that this read would have had
        } else if (read == 0) {
            readable = false;
            failing = false;
        } else {
            passOn(buffer);
        }
    }

    private void passOn(ReadBuffer buffer) throws IOException {
        boolean last = !failing && !buffer.isFull() && (endIsNear || isAll(buffer));
        boolean more = buffer.isFull();
        readable = more || failing;
        session.moved(this, buffer.length());
        other.send(buffer, last);
        if (last && !session.isOver()) {
            endInput();
        } else if (more) {
            splice();
        }
    }

    /**
     * Many servers send one answer and the end of their stream behind it. One more read finds out, so that both leave in
     * one packet instead of two, which is most of what a short session costs beyond its system calls.
     */
    private boolean isAll(ReadBuffer buffer) {
        if (isClient || answered) {
            return false;
        }
        answered = true;
        try {
            return buffer.readMore(socket) < 0;
        } catch (IOException e) {
            failing = true; // after what was read before
            return false;
        }
    }

    /** There is more than a buffer holds. The next read tells apart what {@link Splice#take} cannot. */
    private void splice() throws IOException {
        Splice splice = session.splice();
        boolean clean = false;
        try {
            for (int i = 0; i < SPLICES && !session.isOver() && other.waiting == null; i++) {
                int taken = splice.take(socket);
                if (taken == 0) {
                    break;
                }
                session.moved(this, taken);
                other.sendSpliced(splice, taken);
            }
            clean = true;
        } finally {
            if (!clean) { // an Error too, such as no memory for the rest: the next session must not get these bytes
                splice.close();
            }
        }
    }

    private void sendSpliced(Splice splice, int bytes) throws IOException {
        int given;
        try {
            sendAtOnceFromNowOn();
            given = splice.give(socket, bytes);
        } catch (IOException e) {
            splice.close();
            session.broken(this);
            return;
        }
        if (given < bytes) {
            waiting = splice.rest(session.readBuffer(), bytes - given);
        }
    }

    /** @param last whether {@link #endOutput} follows */
    private void send(ReadBuffer data, boolean last) {
        try {
            sendAtOnceFromNowOn();
            data.take(
                    last
                            ? Descriptors.sendWithMoreToCome(socket.intValue(), data.address(), data.length())
                            : socket.sendAddress(data.address(), 0, data.length()));
        } catch (IOException e) {
            session.broken(this);
            return;
        }
        if (data.length() > 0) {
            waiting = data.keep();
        }
    }

    /** Nothing holds up the first piece. Before the second one TCP_NODELAY is set; a short session does without. */
    private void sendAtOnceFromNowOn() throws IOException {
        if (hasSent && !sendsAtOnce) {
            socket.setTcpNoDelay(true);
            sendsAtOnce = true;
        }
        hasSent = true;
    }

    /** Sends what is nobody's input, before anything else. */
    void sendFirst(byte[] bytes) {
        hasSent = true;
        waiting = session.readBuffer().allocate(bytes.length).writeBytes(bytes);
        flush();
    }

    private void flush() {
        try {
            int sent = socket.sendAddress(waiting.memoryAddress(), waiting.readerIndex(), waiting.writerIndex());
            session.touch();
            if (sent < waiting.readableBytes()) {
                waiting.skipBytes(sent);
                return;
            }
        } catch (IOException e) {
            session.broken(this);
            return;
        }
        waiting.release();
        waiting = null;
        if (endsAfterWaiting) {
            shutdownOutput();
        } else if (other != null) {
            other.pass();
        }
    }

    private void endInput() {
        inputEnded = true;
        readable = false;
        other.endOutput();
    }

    /** Whether it has ended its stream. */
    boolean hasEnded() {
        return inputEnded;
    }

    /** Ends the output once all that was sent before is out; when both legs have, the session is over. */
    private void endOutput() {
        if (waiting == null) {
            shutdownOutput();
        } else {
            endsAfterWaiting = true;
        }
    }

    private void shutdownOutput() {
        outputEnded = true;
        if (other.outputEnded) {
            session.ended();
            return;
        }
        try {
            socket.shutdown(false, true);
        } catch (IOException | NotYetConnectedException e) {
            session.broken(this); // it was reset meanwhile
        }
    }

    @Override
    public String toString() {
        return "the " + (isClient ? "client" : "server") + " of " + session;
    }

    /** Closes; nothing is told of any more. */
    void close(boolean reset) {
        if (waiting != null) {
            waiting.release();
            waiting = null;
        }
        Sockets.close(socket, reset);
    }
}
