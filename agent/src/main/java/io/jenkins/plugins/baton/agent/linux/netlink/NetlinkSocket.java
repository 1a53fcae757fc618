package io.jenkins.plugins.baton.agent.linux.netlink;

import io.jenkins.plugins.baton.agent.linux.libc.Errno;
import io.jenkins.plugins.baton.agent.linux.libc.ForwardingPollable;
import io.jenkins.plugins.baton.agent.linux.libc.Libc;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.NativeMemory;
import io.jenkins.plugins.baton.agent.linux.libc.Socket;
import io.jenkins.plugins.baton.agent.linux.libc.SocketFilter;
import io.jenkins.plugins.baton.agent.linux.libc.SocketOption;
import io.jenkins.plugins.baton.agent.linux.libc.StructWriter;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A netlink socket: sends requests, reads what the kernel says. */
public final class NetlinkSocket extends ForwardingPollable<Socket> implements NetlinkSession.Channel {
    static final int ROUTE = 0;
    static final int SOCK_DIAG = 4;
    public static final int NETFILTER = 12;

    /** The kernel answers in microseconds, or has lost the answer. */
    private static final int ANSWER_TIMEOUT_SECONDS = 1;
    /** Thousands of events: a node that starts a hundred pods makes bursts of them. */
    private static final int RECEIVE_BUFFER = 1 << 20;
    /** The kernel fills what is offered; larger than any single message, as its dumps expect. */
    private static final int BATCH = 1 << 16;

    private final NativeMemory batch = new NativeMemory(BATCH);

    private NetlinkSocket(Socket socket) {
        super(socket);
    }

    /** For a {@link NetlinkSession}: {@link #receive} waits, but not for ever. */
    static NetlinkSocket forRequests(int part) throws LinuxException {
        byte[] timeval = StructWriter.of(16).int64(ANSWER_TIMEOUT_SECONDS).array();
        return new NetlinkSocket(Socket.open("for netlink", Socket.AF_NETLINK, Socket.RAW, part)
                .set(SocketOption.NETLINK_EXT_ACK, 1)
                .set(SocketOption.SO_RCVTIMEO, timeval)
                .bind(address(0)));
    }

    /** For events of rtnetlink that the filter lets through: {@link #receive} never waits. */
    static NetlinkSocket forEvents(int groups, SocketFilter filter) throws LinuxException {
        return new NetlinkSocket(eventSocket(ROUTE, RECEIVE_BUFFER)
                .set(SocketOption.SO_ATTACH_FILTER, filter.structure())
                .bind(address(groups)));
    }

    /** What does not wait, and hears nothing before it is bound. */
    static Socket eventSocket(int part, int receiveBuffer) throws LinuxException {
        return Socket.open("for events of netlink", Socket.AF_NETLINK, Socket.RAW | Socket.NONBLOCK, part)
                .set(SocketOption.SO_RCVBUF, receiveBuffer);
    }

    @Override
    public void send(String attempted, byte[] request) throws LinuxException {
        socket.send(attempted, request, address(0));
    }

    /** Reads one batch of messages; false where there is none, or none came in time. */
    @Override
    public boolean receive(String attempted, Consumer<NetlinkMessage> reader) throws LinuxException {
        long length = Libc.read(socket.descriptor(), batch.address(), batch.size());
        if (length < 0) {
            return switch (Errno.last()) {
                case EAGAIN -> false;
                case EINTR -> true;
                default -> throw LinuxException.last(attempted);
            };
        }
        ByteBuffer received = batch.bytes().duplicate().position(0).limit((int) length);
        NetlinkMessage.forEach(received, reader);
        return true;
    }

    /** struct sockaddr_nl; port 0 is the kernel, or lets it choose ours. */
    static byte[] address(int groups) {
        return StructWriter.of(12)
                .int16(Socket.AF_NETLINK)
                .zeros(6)
                .int32(groups)
                .array();
    }
}
