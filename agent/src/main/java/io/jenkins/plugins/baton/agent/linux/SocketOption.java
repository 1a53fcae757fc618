package io.jenkins.plugins.baton.agent.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The socket options in use, by level and number; the same on x86_64 and aarch64. */
enum SocketOption {
    SO_RCVBUF(SocketOption.SOL_SOCKET, 8),
    SO_PRIORITY(SocketOption.SOL_SOCKET, 12),
    SO_RCVTIMEO(SocketOption.SOL_SOCKET, 20),
    SO_BINDTODEVICE(SocketOption.SOL_SOCKET, 25),
    IP_TOS(SocketOption.IPPROTO_IP, 1),
    IP_TTL(SocketOption.IPPROTO_IP, 2),
    IP_MULTICAST_IF(SocketOption.IPPROTO_IP, 32),
    IP_MULTICAST_TTL(SocketOption.IPPROTO_IP, 33),
    IP_MULTICAST_LOOP(SocketOption.IPPROTO_IP, 34),
    IP_ADD_MEMBERSHIP(SocketOption.IPPROTO_IP, 35),
    IP_MULTICAST_ALL(SocketOption.IPPROTO_IP, 49),
    IPV6_UNICAST_HOPS(SocketOption.IPPROTO_IPV6, 16),
    IPV6_MULTICAST_IF(SocketOption.IPPROTO_IPV6, 17),
    IPV6_MULTICAST_HOPS(SocketOption.IPPROTO_IPV6, 18),
    IPV6_MULTICAST_LOOP(SocketOption.IPPROTO_IPV6, 19),
    IPV6_ADD_MEMBERSHIP(SocketOption.IPPROTO_IPV6, 20),
    IPV6_RECVPKTINFO(SocketOption.IPPROTO_IPV6, 49),
    IPV6_RECVHOPLIMIT(SocketOption.IPPROTO_IPV6, 51),
    IPV6_TCLASS(SocketOption.IPPROTO_IPV6, 67),
    NETLINK_EXT_ACK(SocketOption.SOL_NETLINK, 11);

    private static final int SOL_SOCKET = 1;
    private static final int SOL_NETLINK = 270;
    static final int IPPROTO_IP = 0;
    static final int IPPROTO_IPV6 = 41;

    private final int level;
    private final int number;

    SocketOption(int level, int number) {
        this.level = level;
        this.number = number;
    }

    void set(int descriptor, int value) throws LinuxException {
        set(descriptor, ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array());
    }

    void set(int descriptor, String text) throws LinuxException {
        set(descriptor, text.getBytes(StandardCharsets.UTF_8));
    }

    void set(int descriptor, byte[] value) throws LinuxException {
        if (Libc.setsockopt(descriptor, level, number, value, value.length) != 0) {
            throw LinuxException.last("set socket option " + name(), Capability.NET_RAW);
        }
    }
}
