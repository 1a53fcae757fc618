package io.jenkins.plugins.baton.agent.linux.netlink;

import io.jenkins.plugins.baton.agent.linux.libc.Errno;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Socket;
import io.jenkins.plugins.baton.agent.linux.libc.StructWriter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who is at the other end of a TCP connection within this host: the kernel knows the user of each socket (sock_diag(7)).
 * For one thread at a time.
 */
public final class LocalPeers implements AutoCloseable {
    /** SOCK_DIAG_BY_FAMILY (linux/sock_diag.h). */
    private static final int GET = 20;

    private static final byte IPPROTO_TCP = 6;
    private static final int ANY_STATE = -1;
    private static final byte TCP_ESTABLISHED = 1;
    private static final int INET_DIAG_CGROUP_ID = 21;

    /** struct inet_diag_msg (linux/inet_diag.h). */
    private static final int OFFSET_STATE = 1;

    private static final int OFFSET_UID = 64;
    private static final int OFFSET_INODE = 68;
    private static final int SIZEOF_MESSAGE = 72;

    /**
     * @param user the user who made the socket
     * @param controlGroup the number of its control group (version 2), where the kernel tells it: Linux 5.9 and newer
     */
    public record Peer(int user, OptionalLong controlGroup) {}

    private final NetlinkSession kernel;

    private LocalPeers(NetlinkSession kernel) {
        this.kernel = kernel;
    }

    public static LocalPeers open() throws LinuxException {
        return new LocalPeers(NetlinkSession.open(NetlinkSocket.SOCK_DIAG));
    }

    /**
     * @param theirs the other end's address, IPv4, of this host
     * @param ours this end's
     * @return empty when nobody is there any more: the kernel then gives a socket that it keeps for itself to root
     */
    public Optional<Peer> at(InetSocketAddress theirs, InetSocketAddress ours) throws LinuxException {
        Peer[] found = {null};
        try {
            // Without the client's port, of which there are many: whoever logs a failure says each once.
            kernel.exchange(
                    "ask who is connected to port " + ours.getPort(),
                    request(theirs, ours),
                    message -> found[0] = peer(message));
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
        return Optional.ofNullable(found[0]);
    }

    static Peer peer(NetlinkMessage message) {
        ByteBuffer body = message.body();
        boolean whole = message.type() == GET && body.remaining() >= SIZEOF_MESSAGE;
        if (!whole || body.get(OFFSET_STATE) != TCP_ESTABLISHED || body.getInt(OFFSET_INODE) == 0) {
            return null;
        }
        OptionalLong group = message.attribute(SIZEOF_MESSAGE, INET_DIAG_CGROUP_ID, 8)
                .map(value -> OptionalLong.of(value.getLong(0)))
                .orElseGet(OptionalLong::empty);
        return new Peer(body.getInt(OFFSET_UID), group);
    }

    /** struct inet_diag_req_v2 of exactly one socket, with the sight of its user: their end is its own one. */
    private static NetlinkRequest request(InetSocketAddress theirs, InetSocketAddress ours) {
        byte[] struct = StructWriter.of(56)
                .int8(Socket.AF_INET)
                .int8(IPPROTO_TCP)
                .zeros(2)
                .int32(ANY_STATE)
                .net16(theirs.getPort())
                .net16(ours.getPort())
                .bytes(theirs.getAddress().getAddress())
                .zeros(12)
                .bytes(ours.getAddress().getAddress())
                .zeros(12)
                .int32(0) // any interface
                .int64(-1) // INET_DIAG_NOCOOKIE
                .array();
        return NetlinkRequest.of(GET, NetlinkRequest.FLAG_ACK, struct);
    }

    @Override
    public void close() {
        kernel.close();
    }
}
