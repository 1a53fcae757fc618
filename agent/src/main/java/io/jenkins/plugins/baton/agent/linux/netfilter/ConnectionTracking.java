package io.jenkins.plugins.baton.agent.linux.netfilter;

import io.jenkins.plugins.baton.agent.linux.libc.Errno;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netlink.NetlinkSession;
import io.jenkins.plugins.baton.agent.linux.netlink.NetlinkSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The table of connection tracking of the network namespace, by ctnetlink (linux/netfilter/nfnetlink_conntrack.h). For any thread; one
 * waits for another.
 */
public final class ConnectionTracking implements ConnectionTable {
    private static final Path LOADED = Path.of("/proc/sys/net/netfilter/nf_conntrack_count");

    private final NetlinkSession kernel;

    private ConnectionTracking(NetlinkSession kernel) {
        this.kernel = kernel;
    }

    public static ConnectionTracking open() throws LinuxException {
        return new ConnectionTracking(NetlinkSession.open(NetlinkSocket.NETFILTER));
    }

    /**
     * The TCP connections that were opened to this address and port. The kernel walks through all of its table, some 10
     * million entries a second; kernels before 5.8 send all of it.
     */
    @Override
    public synchronized List<Connection> to(InetAddress address, int port) throws LinuxException {
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
    @Override
    public void forget(InetAddress address, Connection connection) throws LinuxException {
        forget("forget a connection from " + connection.client().getHostAddress(), address, connection.tuple());
    }

    private synchronized void forget(String attempted, InetAddress familiar, byte[] tuple) throws LinuxException {
        try {
            kernel.exchange(
                    attempted, ConnectionMessage.delete(familiar instanceof Inet6Address, tuple), message -> {});
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    /**
     * Forgets what this node's kernel knows of the connection between two fixed ends, whoever opened it: a new one between them
     * would be taken for the end of the old one, and its packets for invalid (nf_conntrack_proto_tcp.c, a SYN in the reply
     * direction in state CLOSE). Does nothing where connections are not tracked, nor without CAP_NET_ADMIN.
     */
    public static void forgetBetween(InetSocketAddress own, InetSocketAddress other) {
        if (!Files.exists(LOADED)) {
            return; // asking would load the module
        }
        try (ConnectionTracking tracking = open()) {
            boolean ipv6 = own.getAddress() instanceof Inet6Address;
            tracking.kernel.exchange(
                    "forget the connection with " + other,
                    ConnectionMessage.delete(ipv6, ConnectionMessage.tuple(own, other)),
                    message -> {});
        } catch (LinuxException e) {
            // Mostly there is none; else the firewall's own time-outs decide, as they did without this.
        }
    }

    @Override
    public synchronized void close() {
        kernel.close();
    }
}
