package io.jenkins.plugins.baton.agent.health;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.NativeMemory;
import io.jenkins.plugins.baton.agent.linux.libc.StreamSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A TCP connection of one check. On the loop. */
final class CheckConnection implements CheckLoop.Watched {

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
        CheckConnection connection = new CheckConnection(loop, StreamSocket.connect(target), listener);
        loop.watch(connection);
        return connection;
    }

    boolean isConnected() {
        return connected;
    }

    @Override
    public void ready() {
        try {
            if (!connected) {
                connected = socket.isConnected();
                if (connected) {
                    loop.awaitReadable(this);
                    listener.connected();
                }
            } else if (unsent != null) {
                sendRest();
            } else {
                read();
            }
        } catch (IOException e) {
            if (descriptor() >= 0) {
                listener.failed(e);
            }
        }
    }

    private void read() throws IOException {
        NativeMemory incoming = loop.incoming();
        int length = socket.read(incoming);
        if (length < 0) {
            throw new IOException("connection closed without an answer");
        } else if (length > 0) {
            listener.received(incoming.bytes().duplicate().limit(length));
        }
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
            loop.awaitWritable(this);
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
            loop.awaitReadable(this);
        }
    }

    @Override
    public int descriptor() {
        return socket.descriptor();
    }

    @Override
    public void close() {
        loop.forget(this);
        socket.close();
    }
}
