package io.jenkins.plugins.baton.agent.linux;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The table of connection tracking of the network namespace, by ctnetlink (linux/netfilter/nfnetlink_conntrack.h). */
public final class ConnectionTracking implements AutoCloseable {
    private final NetlinkConversation kernel;

    private ConnectionTracking(NetlinkConversation kernel) {
        this.kernel = kernel;
    }

    public static ConnectionTracking open() throws LinuxException {
        return new ConnectionTracking(NetlinkConversation.open(NetlinkSocket.NETFILTER));
    }

    /**
     * The TCP connections that were opened to this address and port. The kernel walks through all of its table, some 10
     * million entries a second; kernels before 5.8 send all of it.
     */
    public List<Connection> to(InetAddress address, int port) throws LinuxException {
        List<Connection> connections = new ArrayList<>();
        kernel.dump(
                "list the connections to " + address.getHostAddress() + " port " + port,
                ConnectionMessage.get(address, port),
                connections::clear,
                message -> ConnectionMessage.read(message, address, port).ifPresent(connections::add));
        return connections;
    }

    /** Forgets a connection, so that the next packet of it belongs to none. One that is gone already is forgotten. */
    public void forget(InetAddress address, Connection connection) throws LinuxException {
        try {
            kernel.converse(
                    "forget a connection from " + connection.client().getHostAddress(),
                    ConnectionMessage.delete(address instanceof Inet6Address, connection.tuple()),
                    message -> {});
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        kernel.close();
    }
}
