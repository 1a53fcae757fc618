package io.jenkins.plugins.baton.agent.linux.netfilter;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** The connections that this host's kernel tracks. */
public interface ConnectionTable extends AutoCloseable {
    /** Those to this address and port, wherever they are led. */
    List<Connection> to(InetAddress address, int port) throws IOException;

    /** The next packet of the connection finds another way. */
    void forget(InetAddress address, Connection connection) throws IOException;

    @Override
    void close();
}
