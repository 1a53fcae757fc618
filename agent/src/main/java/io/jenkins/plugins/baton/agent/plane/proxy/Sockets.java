package io.jenkins.plugins.baton.agent.plane.proxy;

import io.jenkins.plugins.baton.agent.linux.libc.SocketOption;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** How sockets are set up and closed: Netty's, which know their system calls, without its channels. */
final class Sockets {
    /** As many as there may be; the kernel lowers it to net.core.somaxconn. */
    private static final int BACKLOG = 65535;

    /** include/uapi/linux/in.h; of IPv6 too. */
    private static final int IP_FREEBIND = 15;

    static {
        Epoll.ensureAvailability(); // loads the system calls
    }

    private Sockets() {}

    /** The sockets that it accepts have TCP_NODELAY, as it has. */
    static Socket listening(InetSocketAddress address) throws IOException {
        Socket socket = open(address.getAddress());
        try {
            socket.setReuseAddress(true);
            // The virtual IP may be on another node now. See docs/decisions/listener-address.md.
            socket.setIntOpt(SocketOption.IPPROTO_IP, IP_FREEBIND, 1);
            socket.setTcpNoDelay(true);
            socket.bind(address);
            socket.listen(BACKLOG);
            return socket;
        } catch (IOException e) {
            close(socket, false);
            throw e;
        }
    }

    /**
     * A socket of the family of its address, so that the two do not meet in each other's tables.
     *
     * @throws io.netty.channel.ChannelException when there are too many open files
     */
    static Socket open(InetAddress address) {
        return LinuxSocket.newSocketStream(
                address instanceof Inet6Address ? InternetProtocolFamily.IPv6 : InternetProtocolFamily.IPv4);
    }

    /** @param reset what is not sent yet is thrown away, and the peer learns that the session broke */
    static void close(Socket socket, boolean reset) {
        try {
            if (reset) {
                socket.setSoLinger(0);
            }
        } catch (IOException e) {
            // The peer was faster.
        }
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
