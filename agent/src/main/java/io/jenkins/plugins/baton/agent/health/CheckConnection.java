package io.jenkins.plugins.baton.agent.health;

import io.jenkins.plugins.baton.agent.linux.libc.Epoll;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.NativeMemory;
import io.jenkins.plugins.baton.agent.linux.libc.StreamSocket;
import io.jenkins.plugins.baton.agent.linux.loop.Watched;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A TCP connection of one check. On the loop, which tells of changes only (edge-triggered), once for all kinds of them. */
final class CheckConnection extends Watched {
    private static final int INTEREST = Epoll.IN | Epoll.OUT | Epoll.RDHUP | Epoll.EDGE;
    private static final int BROKEN = Epoll.ERR | Epoll.HUP;
    private static final int ENDS = BROKEN | Epoll.RDHUP;

    /** What happens to it. Any of these may close it; then nothing more is told. What they throw ends it too. */
    interface Listener {
        void connected() throws IOException;

        /** @param octets native memory, which is overwritten by the next ones */
        void received(ByteBuffer octets) throws IOException;

        /** It could not connect, or broke, or the server has closed it. */
        void failed(IOException cause);
    }

    private final CheckLoop loop;
    private final StreamSocket socket;
    private final Listener listener;
    private boolean connected;
    /** What the kernel has not taken yet, from {@link #sent} on; null: nothing. */
    private NativeMemory unsent;

    private int sent;

    private CheckConnection(CheckLoop loop, StreamSocket socket, Listener listener) {
        this.loop = loop;
        this.socket = socket;
        this.listener = listener;
    }

    /** Begins to connect. */
    static CheckConnection open(CheckLoop loop, InetSocketAddress target, Listener listener) throws LinuxException {
        StreamSocket socket = StreamSocket.connect(target);
        CheckConnection connection = new CheckConnection(loop, socket, listener);
        try {
            loop.events().watch(connection, socket.descriptor(), INTEREST);
            return connection;
        } catch (LinuxException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    protected void ready(int events) {
        try {
            if (!connected) {
                connect(events);
            } else if (unsent != null && (events & (Epoll.OUT | BROKEN)) != 0) {
                sendRest();
            }
            if (connected && isOpen() && (events & (Epoll.IN | ENDS)) != 0) {
                read((events & ENDS) != 0);
            }
        } catch (IOException e) {
            if (isOpen()) {
                listener.failed(e);
            }
        }
    }

    /** One that is connected shows itself as writable and not broken: only of a failure the kernel is asked. */
    private void connect(int events) throws IOException {
        connected = (events & BROKEN) == 0 || socket.isConnected();
        if (connected) {
            listener.connected();
        }
    }

    /** @param ends the end is behind what there is to read; otherwise a read that does not fill the memory was all */
    private void read(boolean ends) throws IOException {
        NativeMemory incoming = loop.incoming();
        int length;
        do {
            length = socket.read(incoming);
            if (length < 0) {
                throw new IOException("connection closed without an answer");
            } else if (length > 0) {
                listener.received(incoming.bytes().duplicate().limit(length));
            }
        } while (isOpen() && length > 0 && (ends || length == incoming.size()));
    }

    /** Sends the first octets of the memory. What the kernel does not take now is copied. */
    void send(NativeMemory octets, int length) throws LinuxException {
        if (unsent != null) {
            keep(unsent, sent, unsent.size(), octets, 0, length);
            return;
        }
        int taken = socket.write(octets.address(), length);
        if (taken < length) {
            keep(octets, taken, length, octets, 0, 0);
        }
    }

    private void keep(NativeMemory first, int from, int to, NativeMemory next, int nextFrom, int nextTo) {
        NativeMemory rest = new NativeMemory(to - from + nextTo - nextFrom);
        rest.bytes()
                .put(first.bytes().duplicate().position(from).limit(to))
                .put(next.bytes().duplicate().position(nextFrom).limit(nextTo));
        unsent = rest;
        sent = 0;
    }

    private void sendRest() throws LinuxException {
        sent += socket.write(unsent.address() + sent, unsent.size() - sent);
        if (sent == unsent.size()) {
            unsent = null;
        }
    }

    private boolean isOpen() {
        return socket.descriptor() >= 0;
    }

    void close() {
        loop.events().forget(this);
        socket.close();
    }

    @Override
    public String toString() {
        return "a connection of a health check";
    }
}
