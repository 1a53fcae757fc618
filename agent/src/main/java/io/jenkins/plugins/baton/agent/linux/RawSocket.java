package io.jenkins.plugins.baton.agent.linux;

import java.net.InetAddress;

/** What the raw sockets of both families have in common. */
final class RawSocket {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int SOCK_RAW = 3;
    static final int SOCK_NONBLOCK = 0x800;
    static final int SOCK_CLOEXEC = 0x80000;

    /** The traffic class of routing protocols, CS6. */
    static final int INTERNETWORK_CONTROL = 0xc0;
    /** The highest band of the default queueing discipline. */
    static final int TC_PRIO_CONTROL = 7;

    /** Room for hundreds of adverts: the reader may be late by a second, a flood may not push good ones out. */
    private static final int RECEIVE_BUFFER = 1 << 20;

    private RawSocket() {}

    static OpenFile open(int family, int protocol, Link link, String purpose) throws LinuxException {
        int descriptor = Libc.socket(family, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
        if (descriptor < 0) {
            throw LinuxException.last("open raw socket for " + purpose, Capability.NET_RAW);
        }
        OpenFile file = new OpenFile(descriptor);
        try {
            SocketOption.SO_BINDTODEVICE.set(descriptor, link.name());
            SocketOption.SO_RCVBUF.set(descriptor, RECEIVE_BUFFER);
            return file;
        } catch (LinuxException e) {
            file.close();
            throw e;
        }
    }

    /** Receives a packet into the message; false when there is none. */
    static boolean receive(OpenFile file, SocketMessage message, Link link) throws LinuxException {
        if (message.receive(file.descriptor()) >= 0) {
            return true;
        }
        return switch (Errno.last()) {
            case EAGAIN, EINTR -> false;
            default -> throw LinuxException.last("receive on " + link.name());
        };
    }

    static void send(OpenFile file, SocketMessage message, Link link, InetAddress destination) throws LinuxException {
        if (message.send(file.descriptor()) < 0) {
            throw LinuxException.last("send to " + destination.getHostAddress() + " on " + link.name());
        }
    }
}
