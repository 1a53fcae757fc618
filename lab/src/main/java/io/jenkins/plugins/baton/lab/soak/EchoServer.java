package io.jenkins.plugins.baton.lab.soak;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/**
 * A backend for thousands of connections, on one thread: {@code PORT NAME}. A connection's first byte says what it wants
 * ({@link Kind}), and is answered with the server's name in one line.
 */
public final class EchoServer {
    private static final int BACKLOG = 4096;
    private static final int BUFFER = 8 << 10;
    private static final long DRIP_NANOS = 5_000_000_000L;
    private static final long LOOK_MILLIS = 500;

    private final byte[] greeting;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

    private EchoServer(String name) {
        this.greeting = (name + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** What the server knows of a connection. */
    private static final class Peer {
        Kind kind;
        long dripNanos = System.nanoTime();
    }

    public static void main(String[] arguments) throws IOException {
        new EchoServer(arguments[1]).serve(Integer.parseInt(arguments[0]));
    }

    private void serve(int port) throws IOException {
        try (Selector selector = Selector.open();
                ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(port), BACKLOG);
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT);
            while (true) {
                selector.select(LOOK_MILLIS);
                for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); keys.remove()) {
                    SelectionKey key = keys.next();
                    if (key.isValid() && key.isAcceptable()) {
                        accept(listener, selector);
                    } else if (key.isValid()) {
                        handle(key);
                    }
                }
                drip(selector);
            }
        }
    }

    private static void accept(ServerSocketChannel listener, Selector selector) throws IOException {
        for (SocketChannel client = listener.accept(); client != null; client = listener.accept()) {
            client.configureBlocking(false);
            client.setOption(StandardSocketOptions.SO_SNDBUF, 2 * BUFFER);
            client.register(selector, SelectionKey.OP_READ, new Peer());
        }
    }

    private void handle(SelectionKey key) {
        try {
            if (key.isReadable()) {
                read(key);
            }
            if (key.isValid() && key.isWritable()) {
                ((SocketChannel) key.channel()).write(buffer.clear());
            }
        } catch (IOException e) {
            close(key);
        }
    }

    private void read(SelectionKey key) throws IOException {
        Peer peer = (Peer) key.attachment();
        SocketChannel client = (SocketChannel) key.channel();
        int length = client.read(buffer.clear());
        if (length < 0) {
            if (peer.kind == Kind.HALF_CLOSED) {
                key.interestOps(0);
            } else {
                close(key);
            }
            return;
        }
        buffer.flip();
        if (peer.kind == null && buffer.hasRemaining()) {
            peer.kind = Kind.of((char) buffer.get());
            client.write(ByteBuffer.wrap(greeting));
            if (peer.kind == Kind.SLOW_READER) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            }
        }
        client.write(buffer);
    }

    /** Whoever half-closed hears a byte now and then. */
    private static void drip(Selector selector) {
        long now = System.nanoTime();
        for (SelectionKey key : selector.keys()) {
            if (key.isValid()
                    && key.attachment() instanceof Peer peer
                    && peer.kind == Kind.HALF_CLOSED
                    && now - peer.dripNanos > DRIP_NANOS) {
                peer.dripNanos = now;
                try {
                    ((SocketChannel) key.channel()).write(ByteBuffer.wrap(new byte[] {'.'}));
                } catch (IOException e) {
                    close(key);
                }
            }
        }
    }

    private static void close(SelectionKey key) {
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException e) {
            // It is gone all the same.
        }
    }
}
