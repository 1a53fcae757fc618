package io.jenkins.plugins.baton.agent.tether;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;

/** What all connections of a tether have in common. */
final class Sockets {
    /** Seconds of silence before the kernel asks whether the other end is still there, and between its questions. */
    private static final int KEEPALIVE_SECONDS = 1;

    private static final int KEEPALIVE_QUESTIONS = 3;

    private Sockets() {}

    /** The kernels keep watch: a host that was cut off, or started anew, ends the connection within some seconds. */
    static void configure(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEPALIVE_SECONDS);
        channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEPALIVE_SECONDS);
        channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEPALIVE_QUESTIONS);
    }

    /** Nothing can be done about a close that fails. */
    static void close(SocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // the descriptor is gone all the same
        }
    }
}
