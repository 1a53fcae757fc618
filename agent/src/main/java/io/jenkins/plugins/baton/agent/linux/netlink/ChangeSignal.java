package io.jenkins.plugins.baton.agent.linux.netlink;

import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.accept;
import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.equal;
import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.half;
import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.refuse;

import io.jenkins.plugins.baton.agent.linux.libc.Errno;
import io.jenkins.plugins.baton.agent.linux.libc.ForwardingPollable;
import io.jenkins.plugins.baton.agent.linux.libc.Libc;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.NativeMemory;
import io.jenkins.plugins.baton.agent.linux.libc.Socket;
import io.jenkins.plugins.baton.agent.linux.libc.SocketFilter;
import io.jenkins.plugins.baton.agent.linux.libc.SocketOption;

/**
 * Becomes readable when the kernel tells that something has changed in a network namespace, and does not say what: who
 * wants to know reads it anew. Messages of other types never wake the reader. Never blocks; for one thread.
 */
public final class ChangeSignal extends ForwardingPollable<Socket> {
    /** A signal that is lost is one that is told: by ENOBUFS, at the next read. */
    private static final int RECEIVE_BUFFER = 1 << 15;

    private static final int OFFSET_TYPE = 4;

    private final String attempted;
    /** A message is cut to this. */
    private final NativeMemory beginning = new NativeMemory(16);

    private ChangeSignal(Socket socket, String attempted) {
        super(socket);
        this.attempted = attempted;
    }

    /**
     * @param part {@link NetlinkSocket#ROUTE} or {@link NetlinkSocket#NETFILTER}
     * @param group number of the multicast group, 1..32
     * @param type of the messages that count; the kernel sends each in a packet of its own
     * @param attempted in words, for errors
     */
    public static ChangeSignal open(int part, int group, int type, String attempted) throws LinuxException {
        int swapped = Short.toUnsignedInt(Short.reverseBytes((short) type)); // BPF loads big-endian numbers
        SocketFilter filter = new SocketFilter(half(OFFSET_TYPE), equal(swapped, 0, 1), accept(), refuse());
        return new ChangeSignal(
                NetlinkSocket.eventSocket(part, RECEIVE_BUFFER)
                        .set(SocketOption.SO_ATTACH_FILTER, filter.structure())
                        .bind(NetlinkSocket.address(1 << group - 1)),
                attempted);
    }

    /** Takes what came, so that this is readable again only when there is more. */
    public void clear() throws LinuxException {
        while (Libc.read(socket.descriptor(), beginning.address(), beginning.size()) >= 0 || isMore()) {}
    }

    private boolean isMore() throws LinuxException {
        return switch (Errno.last()) {
            case EAGAIN -> false;
            case EINTR, ENOBUFS -> true;
            default -> throw LinuxException.last(attempted);
        };
    }
}
