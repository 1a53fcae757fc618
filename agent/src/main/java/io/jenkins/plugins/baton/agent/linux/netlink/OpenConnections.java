package io.jenkins.plugins.baton.agent.linux.netlink;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Socket;
import io.jenkins.plugins.baton.agent.linux.libc.StructWriter;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * The open TCP connections of this host (sock_diag(7)). The kernel compares the addresses itself, so that thousands of
 * connections cost a millisecond or two. For one thread at a time.
 */
public final class OpenConnections implements AutoCloseable {
    /** SOCK_DIAG_BY_FAMILY (linux/sock_diag.h). */
    private static final int GET = 20;

    private static final byte IPPROTO_TCP = 6;
    private static final int INET_DIAG_REQ_BYTECODE = 1;
    /** INET_DIAG_BC_S_COND: compares the local address. */
    private static final byte LOCAL_IS = 7;

    /** States of net/tcp_states.h: all but TIME_WAIT (6), CLOSE (7) and LISTEN (10), as bits. */
    private static final int OPEN =
            0x1 << 1 | 0x1 << 2 | 0x1 << 3 | 0x1 << 4 | 0x1 << 5 | 0x1 << 8 | 0x1 << 9 | 0x1 << 11 | 0x1 << 12;

    private final NetlinkSession kernel;

    private OpenConnections(NetlinkSession kernel) {
        this.kernel = kernel;
    }

    public static OpenConnections open() throws LinuxException {
        return new OpenConnections(NetlinkSession.open(NetlinkSocket.SOCK_DIAG));
    }

    /** Whether there is a connection whose own end has this address. */
    public boolean existAt(InetAddress local) throws LinuxException {
        // A socket of IPv6 may have an IPv4 address in it.
        return existAt(local, Socket.AF_INET6) || !(local instanceof Inet6Address) && existAt(local, Socket.AF_INET);
    }

    private boolean existAt(InetAddress local, int family) throws LinuxException {
        int[] found = {0};
        kernel.ask(
                "list connections at " + local.getHostAddress(),
                request(local, family),
                () -> found[0] = 0,
                message -> found[0]++);
        return found[0] > 0;
    }

    /** struct inet_diag_req_v2 and the one condition, after which comes its end or, four octets further, nothing. */
    private static NetlinkRequest request(InetAddress local, int family) {
        byte[] address = local.getAddress();
        int length = 12 + address.length;
        byte[] struct = StructWriter.of(56)
                .int8(family)
                .int8(IPPROTO_TCP)
                .zeros(2)
                .int32(OPEN)
                .zeros(48)
                .array();
        byte[] condition = StructWriter.of(length)
                .int8(LOCAL_IS)
                .int8(length)
                .int16(length + 4)
                .int8(local instanceof Inet6Address ? Socket.AF_INET6 : Socket.AF_INET)
                .int8(address.length * 8)
                .zeros(2)
                .int32(-1) // any port
                .bytes(address)
                .array();
        return NetlinkRequest.of(GET, NetlinkRequest.FLAG_DUMP, struct).attribute(INET_DIAG_REQ_BYTECODE, condition);
    }

    @Override
    public void close() {
        kernel.close();
    }
}
