package io.jenkins.plugins.baton.agent.management.jmx;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.rmi.server.RMIServerSocketFactory;

/**
 * Server sockets on 127.0.0.1 only, which let in whom the admission does. RMI lets exported objects share a port when
 * their factories are equal: use one instance for all of them.
 */
final class LoopbackSockets implements RMIServerSocketFactory {
    static final String HOST = "127.0.0.1";

    private final JmxAdmission admission;

    LoopbackSockets(JmxAdmission admission) {
        this.admission = admission;
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        // A plain ServerSocket would be an IPv6 one on ::ffff:127.0.0.1, which administrators misread in `ss`.
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return new AdmittingServerSocket(channel.socket(), admission);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
