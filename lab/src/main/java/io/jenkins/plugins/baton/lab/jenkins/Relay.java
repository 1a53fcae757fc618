package io.jenkins.plugins.baton.lab.jenkins;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A port of one network's loopback that leads to the same port of another's. Two processes, one in each network, meet at a
 * UNIX socket: {@code outside} accepts at the port and connects to the socket, {@code inside} accepts at the socket and
 * connects to the port.
 */
public final class Relay {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int QUEUE = 64;

    private Relay() {}

    /** @param arguments the side, the socket, the port */
    public static void main(String[] arguments) throws IOException {
        SocketAddress socket = UnixDomainSocketAddress.of(Path.of(arguments[1]));
        SocketAddress port = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[2]));
        if (arguments[0].equals("inside")) {
            try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                serve(server.bind(socket, QUEUE), port);
            }
        } else {
            try (ServerSocketChannel server = ServerSocketChannel.open()) {
                serve(server.bind(port, QUEUE), socket);
            }
        }
    }

    private static void serve(ServerSocketChannel server, SocketAddress target) throws IOException {
        while (true) {
            SocketChannel accepted = server.accept();
            begin("connection", () -> relay(accepted, target));
        }
    }

    private static void relay(SocketChannel accepted, SocketAddress target) {
        try (accepted;
                SocketChannel onward = SocketChannel.open(target)) {
            Thread back = begin("answer", () -> copy(onward, accepted));
            copy(accepted, onward);
            back.join();
        } catch (IOException e) {
            // Nobody listens yet, or any more: the client sees its connection end.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        try {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // One side has gone; the other is to notice.
            close(from);
            close(to);
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is closed.
            return;
        }
    }

    private static Thread begin(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
