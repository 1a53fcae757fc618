package io.jenkins.plugins.baton.jmx.connector;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.rmi.server.RMIServerSocketFactory;

/**
 * The server socket on 127.0.0.1, which lets in whom the admission does; bound from the start, so that its port is known.
 * RMI lets exported objects share a port when their factories are equal: use one instance for all of them.
 */
final class LoopbackSockets implements RMIServerSocketFactory, AutoCloseable {
    static final String HOST = "127.0.0.1";

    private final AdmittingServerSocket socket;

    /** @param port 0 for a free one */
    LoopbackSockets(int port, Admission admission) throws IOException {
        // A plain ServerSocket would be an IPv6 one on ::ffff:127.0.0.1, which administrators misread in `ss`.
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            socket = new AdmittingServerSocket(channel.socket(), admission);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public ServerSocket createServerSocket(int port) {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
