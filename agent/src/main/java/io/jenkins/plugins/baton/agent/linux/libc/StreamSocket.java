package io.jenkins.plugins.baton.agent.linux.libc;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A TCP connection of a client. Never blocks: it becomes writable when it is connected, or has failed, and readable from then
 * on.
 */
public final class StreamSocket extends ForwardingPollable<Socket> {
    private static final int STREAM = 1;

    private final byte[] target;

    private StreamSocket(Socket socket, byte[] target) {
        super(socket);
        this.target = target;
    }

    /** Begins to connect. */
    public static StreamSocket connect(InetSocketAddress target) throws LinuxException {
        int family = target.getAddress() instanceof Inet6Address ? Socket.AF_INET6 : Socket.AF_INET;
        Socket opened = Socket.open("for a connection", family, STREAM | Socket.NONBLOCK, 0);
        StreamSocket stream = new StreamSocket(opened, address(target.getAddress(), target.getPort()));
        try {
            stream.isConnected();
            return stream;
        } catch (LinuxException e) {
            stream.close();
            throw e;
        }
    }

    /** struct sockaddr_in or sockaddr_in6 */
    private static byte[] address(InetAddress host, int port) {
        if (host instanceof Inet6Address ipv6) {
            return StructWriter.of(28)
                    .int16(Socket.AF_INET6)
                    .net16(port)
                    .zeros(4)
                    .bytes(host.getAddress())
                    .int32(ipv6.getScopeId())
                    .array();
        }
        return StructWriter.of(16)
                .int16(Socket.AF_INET)
                .net16(port)
                .bytes(host.getAddress())
                .array();
    }

    /**
     * Whether it is connected. To be asked of one that has become writable, or is in error.
     *
     * @throws LinuxException when it cannot connect
     */
    public boolean isConnected() throws LinuxException {
        if (Libc.connect(descriptor(), target, target.length) == 0) {
            return true;
        }
        return switch (Errno.last()) {
            case EISCONN -> true;
            case EINPROGRESS, EALREADY, EINTR -> false;
            default -> throw LinuxException.last("connect");
        };
    }

    /**
     * Reads what has come.
     *
     * @return how many octets are at the beginning of the memory; 0 when there is nothing, -1 when there will be nothing more
     */
    public int read(NativeMemory into) throws LinuxException {
        long length = Libc.read(descriptor(), into.address(), into.size());
        if (length == 0) {
            return -1;
        }
        if (length > 0) {
            return (int) length;
        }
        if (Errno.last() == Errno.EAGAIN) {
            return 0;
        }
        throw LinuxException.last("read");
    }

    /** @return how many of the octets at this address the kernel has taken, from the first on */
    public int write(long address, int length) throws LinuxException {
        return Descriptors.send(descriptor(), address, length, 0);
    }
}
