package io.jenkins.plugins.baton.agent.peerlink;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The sockets of the peer links. They sign their segments (RFC 2385), for two reasons: a kernel answers a signed SYN that is for
 * nobody with silence instead of a reset, so that whoever calls first waits in SYN-SENT until the other one calls too; and
 * what is not signed, a firewall's reset for instance, ends no connection. The key is no secret.
 */
final class PeerSockets {
    private static final byte[] KEY = "baton".getBytes(StandardCharsets.US_ASCII);

    /** The kernel repeats its SYN at growing intervals; a new attempt begins with short ones again. */
    private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

    /** Seconds of silence before the kernel asks whether the other end is still there, and between its questions. */
    private static final int KEEPALIVE_INTERVAL_SECONDS = 1;

    private static final int KEEPALIVE_PROBES = 3;

    /** For what was sent and is not acknowledged. */
    private static final int ACKNOWLEDGE_TIMEOUT_MILLIS = 4_000;

    private PeerSockets() {}

    /**
     * A socket for connections with this peer.
     *
     * @throws ChannelException when the kernel cannot sign (no {@code CONFIG_TCP_MD5SIG}, FIPS mode), or there are no
     *     more file descriptors
     */
    static EpollSocketChannel open(InetAddress peer) {
        EpollSocketChannel channel = new EpollSocketChannel(
                peer instanceof Inet6Address ? InternetProtocolFamily.IPv6 : InternetProtocolFamily.IPv4);
        try {
            channel.config()
                    .setTcpMd5Sig(Map.of(peer, KEY))
                    .setReuseAddress(true) // the same port for every peer
                    .setConnectTimeoutMillis(CONNECT_TIMEOUT_MILLIS)
                    .setTcpNoDelay(true)
                    .setTcpKeepIdle(KEEPALIVE_INTERVAL_SECONDS)
                    .setTcpKeepIntvl(KEEPALIVE_INTERVAL_SECONDS)
                    .setTcpKeepCnt(KEEPALIVE_PROBES)
                    .setTcpUserTimeout(ACKNOWLEDGE_TIMEOUT_MILLIS)
                    .setAllowHalfClosure(true) // what a FIN is answered with is decided here
                    // A word now and then does not deserve a pool of memory.
                    .setAllocator(UnpooledByteBufAllocator.DEFAULT);
            return channel;
        } catch (ChannelException e) {
            channel.unsafe().closeForcibly();
            throw e;
        }
    }

    /**
     * The kernel asks an idle peer from now on whether it is there. To be called once it is connected: of two ends that connect
     * to each other, the one that called first gets no timer for an option that was set before (TCP_SYN_RECV in
     * tcp_rcv_state_process, net/ipv4/tcp_input.c).
     */
    static void keepAlive(EpollSocketChannel channel) {
        channel.config().setKeepAlive(true);
    }

    /** Closes with a reset, from which nobody concludes anything and which leaves nothing in TIME-WAIT. */
    static void reset(Channel channel) {
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.close();
        }
    }
}
