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
        kernel.ask(
                "list the connections to " + address.getHostAddress() + " port " + port,
                ConnectionMessage.get(address, port),
                connections::clear,
                message -> ConnectionMessage.read(message, address, port).ifPresent(connections::add));
        return connections;
    }

    /** Forgets what is known of packets of a protocol without ports from one address to another. */
    public void forget(InetAddress source, InetAddress destination, int protocol) throws LinuxException {
        forget(
                "forget packets from " + source.getHostAddress() + " to " + destination.getHostAddress(),
                source,
                ConnectionMessage.tuple(source, destination, protocol));
    }

    /** Forgets a connection, so that the next packet of it belongs to none. One that is gone already is forgotten. */
    public void forget(InetAddress address, Connection connection) throws LinuxException {
        forget("forget a connection from " + connection.client().getHostAddress(), address, connection.tuple());
    }

    private void forget(String attempted, InetAddress familiar, byte[] tuple) throws LinuxException {
        try {
            kernel.converse(
                    attempted, ConnectionMessage.delete(familiar instanceof Inet6Address, tuple), message -> {});
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
