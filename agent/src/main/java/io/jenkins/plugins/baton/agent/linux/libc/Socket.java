package io.jenkins.plugins.baton.agent.linux.libc;

import java.nio.charset.StandardCharsets;

/**
 * A socket while it is set up: whatever fails closes it, and the error says what the socket was for.
 *
 * <p>It is closed once; using it afterwards is {@code EBADF}, never somebody else's descriptor.
 */
public final class Socket implements Pollable {
    public static final int AF_UNIX = 1;
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;
    public static final int AF_NETLINK = 16;
    public static final int AF_PACKET = 17;

    public static final int DGRAM = 2;
    public static final int RAW = 3;
    public static final int NONBLOCK = 0x800;
    private static final int CLOEXEC = 0x80000;

    /** Here, so that its class is there when there is no descriptor left to load it by. */
    private static final Capability NEEDED = Capability.NET_RAW;

    private final String purpose;
    private int descriptor;

    private Socket(String purpose, int descriptor) {
        this.purpose = purpose;
        this.descriptor = descriptor;
    }

    /** @param purpose completes "open a socket ...", as in "for VRRP over IPv4 on eth0" */
    public static Socket open(String purpose, int family, int type, int protocol) throws LinuxException {
        int descriptor = Libc.socket(family, type | CLOEXEC, protocol);
        if (descriptor < 0) {
            throw LinuxException.last("open a socket " + purpose, NEEDED);
        }
        return new Socket(purpose, descriptor);
    }

    public Socket set(SocketOption option, int value) throws LinuxException {
        return set(option, StructWriter.of(4).int32(value).array());
    }

    public Socket set(SocketOption option, String text) throws LinuxException {
        return set(option, text.getBytes(StandardCharsets.UTF_8));
    }

    public Socket set(SocketOption option, byte[] value) throws LinuxException {
        if (Libc.setsockopt(descriptor, option.level(), option.number(), value, value.length) != 0) {
            throw failed("set " + option);
        }
        return this;
    }

    /** @param address a struct sockaddr of any kind */
    public Socket bind(byte[] address) throws LinuxException {
        if (Libc.bind(descriptor, address, address.length) != 0) {
            throw failed("bind");
        }
        return this;
    }

    private LinuxException failed(String step) {
        LinuxException failure = LinuxException.last("open a socket " + purpose + ": " + step, NEEDED);
        close();
        return failure;
    }

    /** @param address a struct sockaddr of any kind */
    public void send(String attempted, byte[] data, byte[] address) throws LinuxException {
        if (Libc.sendto(descriptor, data, data.length, 0, address, address.length) < 0) {
            throw LinuxException.last(attempted);
        }
    }

    @Override
    public int descriptor() {
        return descriptor;
    }

    @Override
    public void close() {
        int open = descriptor;
        descriptor = -1;
        if (open >= 0) {
            Libc.close(open);
        }
    }
}
