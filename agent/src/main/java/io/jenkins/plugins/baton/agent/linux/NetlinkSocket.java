package io.jenkins.plugins.baton.agent.linux;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** An rtnetlink socket: sends requests, reads what the kernel says. */
final class NetlinkSocket {
    private static final int AF_NETLINK = 16;
    private static final int NETLINK_ROUTE = 0;
    /** The kernel fills what is offered; larger than any single message, as its dumps expect. */
    private static final int BUFFER = 1 << 16;

    private final NativeMemory buffer = new NativeMemory(BUFFER);
    private final OpenFile file;

    private NetlinkSocket(OpenFile file) {
        this.file = file;
    }

    /** @param groups RTMGRP_* whose events to receive, or 0 */
    static NetlinkSocket open(int flags, int groups) throws LinuxException {
        int descriptor = Libc.socket(AF_NETLINK, RawSocket.SOCK_RAW | RawSocket.SOCK_CLOEXEC | flags, NETLINK_ROUTE);
        if (descriptor < 0) {
            throw LinuxException.last("open rtnetlink socket");
        }
        OpenFile file = new OpenFile(descriptor);
        byte[] address = StructWriter.of(12).int16(AF_NETLINK).zeros(6).int32(groups).array(); // sockaddr_nl
        if (Libc.bind(descriptor, address, address.length) != 0) {
            LinuxException failure = LinuxException.last("listen to events of rtnetlink");
            file.close();
            throw failure;
        }
        return new NetlinkSocket(file);
    }

    void send(String attempted, byte[] request) throws LinuxException {
        byte[] kernel = StructWriter.of(12).int16(AF_NETLINK).array();
        if (Libc.sendto(file.descriptor(), request, request.length, 0, kernel, kernel.length) < 0) {
            throw LinuxException.last(attempted);
        }
    }

    /** Reads one batch of messages; false where there is none, or none came within the socket's time. */
    boolean receive(String attempted, Consumer<NetlinkMessage> reader) throws LinuxException {
        long length = Libc.read(file.descriptor(), buffer.address(), buffer.size());
        if (length < 0) {
            if (Errno.last() == Errno.EAGAIN) {
                return false;
            }
            throw LinuxException.last(attempted);
        }
        ByteBuffer received = buffer.bytes().duplicate().position(0).limit((int) length);
        NetlinkMessage.forEach(received, reader);
        return true;
    }

    int descriptor() {
        return file.descriptor();
    }

    void close() {
        file.close();
    }
}
