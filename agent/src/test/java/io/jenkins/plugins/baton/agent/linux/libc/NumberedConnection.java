package io.jenkins.plugins.baton.agent.linux.libc;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A client's TCP connection over IPv4 whose own port and initial sequence number a test chooses. The kernel takes the number that
 * {@code TCP_REPAIR} has set, instead of one of its own (tcp_v4_connect in net/ipv4/tcp_ipv4.c).
 */
public final class NumberedConnection implements AutoCloseable {
    private static final int STREAM = 1;
    private static final int IPPROTO_TCP = 6;
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int TCP_REPAIR = 19;
    private static final int TCP_REPAIR_QUEUE = 20;
    private static final int TCP_QUEUE_SEQ = 21;
    private static final int TCP_SEND_QUEUE = 2;
    private static final int TIMEOUT_SECONDS = 60;

    private final Socket socket;
    private final NativeMemory answer = new NativeMemory(4096);

    /** Waits until it is connected, for a minute at most. */
    public NumberedConnection(int port, int sequence, InetSocketAddress target) throws LinuxException {
        socket = Socket.open("of a client", Socket.AF_INET, STREAM, 0);
        byte[] timeval = StructWriter.of(16).int64(TIMEOUT_SECONDS).int64(0).array();
        socket.set(SocketOption.SO_RCVTIMEO, timeval);
        option(IPPROTO_TCP, TCP_REPAIR, 1);
        option(IPPROTO_TCP, TCP_REPAIR_QUEUE, TCP_SEND_QUEUE);
        option(IPPROTO_TCP, TCP_QUEUE_SEQ, sequence);
        option(IPPROTO_TCP, TCP_REPAIR, 0);
        option(SOL_SOCKET, SO_REUSEADDR, 1);
        socket.bind(address(new InetSocketAddress("0.0.0.0", port)));
        byte[] address = address(target);
        check("connect", Libc.connect(socket.descriptor(), address, address.length));
    }

    private void option(int level, int option, int value) throws LinuxException {
        check(
                "setsockopt",
                Libc.setsockopt(
                        socket.descriptor(),
                        level,
                        option,
                        StructWriter.of(4).int32(value).array(),
                        4));
    }

    private static byte[] address(InetSocketAddress of) {
        return StructWriter.of(16)
                .int16(Socket.AF_INET)
                .net16(of.getPort())
                .bytes(((Inet4Address) of.getAddress()).getAddress())
                .array();
    }

    /** @return whether there is an answer to this, and not the end */
    public boolean answers(String question) throws LinuxException {
        byte[] data = question.getBytes(StandardCharsets.US_ASCII);
        check("send", Libc.sendto(socket.descriptor(), data, data.length, 0, new byte[0], 0));
        return check("read", Libc.read(socket.descriptor(), answer.address(), answer.size())) > 0;
    }

    private static long check(String call, long result) throws LinuxException {
        if (result < 0) {
            throw LinuxException.last(call);
        }
        return result;
    }

    @Override
    public void close() {
        socket.close();
    }
}
