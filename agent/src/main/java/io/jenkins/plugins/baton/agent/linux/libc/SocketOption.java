package io.jenkins.plugins.baton.agent.linux.libc;

/** The socket options in use, by level and number; the same on x86_64 and aarch64. */
public enum SocketOption {
    SO_RCVBUF(SocketOption.SOL_SOCKET, 8),
    SO_PRIORITY(SocketOption.SOL_SOCKET, 12),
    SO_RCVTIMEO(SocketOption.SOL_SOCKET, 20),
    SO_BINDTODEVICE(SocketOption.SOL_SOCKET, 25),
    SO_ATTACH_FILTER(SocketOption.SOL_SOCKET, 26),
    SO_DETACH_FILTER(SocketOption.SOL_SOCKET, 27),
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

    public static final int IPPROTO_IP = 0;
    public static final int IPPROTO_IPV6 = 41;
    private static final int SOL_SOCKET = 1;
    private static final int SOL_NETLINK = 270;

    private final int level;
    private final int number;

    SocketOption(int level, int number) {
        this.level = level;
        this.number = number;
    }

    int level() {
        return level;
    }

    int number() {
        return number;
    }
}
