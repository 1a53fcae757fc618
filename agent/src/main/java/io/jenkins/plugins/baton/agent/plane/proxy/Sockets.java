package io.jenkins.plugins.baton.agent.plane.proxy;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollSocketChannelConfig;
import io.netty.channel.socket.InternetProtocolFamily;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.SocketAddress;

/** How the sockets of one event loop are set up. */
final class Sockets {
    /** What one side may have waiting for the other: reading stops above the higher and goes on below the lower. */
    private static final WriteBufferWaterMark WAITING = new WriteBufferWaterMark(32 * 1024, 128 * 1024);

    /** As many as there may be; the kernel lowers it to net.core.somaxconn. */
    private static final int BACKLOG = 65535;

    private final ByteBufAllocator allocator;
    private final ReadBuffer readBuffer = new ReadBuffer();

    /** Those of one event loop: no other one's lock is needed for its memory. */
    Sockets() {
        // Chunks of 1 MiB instead of 4: an idle agent is to stay small. No arenas on the heap: sockets need direct
        // memory.
        int pageSize = 8 * 1024;
        int maxOrder = 7;
        allocator = new PooledByteBufAllocator(
                true,
                0,
                1,
                pageSize,
                maxOrder,
                PooledByteBufAllocator.defaultSmallCacheSize(),
                PooledByteBufAllocator.defaultNormalCacheSize(),
                false);
    }

    /** A socket of the family of its address, so that the two do not meet in each other's tables. */
    static EpollServerSocketChannel listening(InetAddress address) {
        EpollServerSocketChannel channel = new EpollServerSocketChannel(family(address));
        channel.config()
                .setBacklog(BACKLOG)
                // The virtual IP may be on another node now. See docs/decisions/listener-address.md.
                .setFreeBind(true);
        return channel;
    }

    EpollSocketChannel towards(InetAddress address) {
        EpollSocketChannel channel = new EpollSocketChannel(family(address));
        tune(channel);
        channel.config().setConnectTimeoutMillis(0); // attempts have their own clock, see Worker
        return channel;
    }

    void tune(EpollSocketChannel channel) {
        EpollSocketChannelConfig config = channel.config();
        config.setAllocator(allocator);
        config.setRecvByteBufAllocator(readBuffer);
        config.setWriteBufferWaterMark(WAITING);
        config.setAllowHalfClosure(true);
    }

    /**
     * Hands an accepted or connecting channel to its loop. It asks to be read before it is registered, so that the
     * kernel hears of it in one epoll_ctl(2) instead of two.
     */
    static void register(EpollSocketChannel channel, EventLoop loop) {
        channel.unsafe().beginRead();
        loop.register(channel);
    }

    /** Begins to connect. Before it is registered, for the same reason. */
    static ChannelFuture connect(EpollSocketChannel channel, EventLoop loop, SocketAddress address) {
        ChannelPromise connected = new DefaultChannelPromise(channel, loop);
        channel.unsafe().connect(address, null, connected);
        register(channel, loop);
        return connected;
    }

    /** Closes with a reset: what is not sent yet is thrown away, and the peer learns that the session broke. */
    static void reset(Channel channel) {
        if (channel.isOpen()) {
            ((EpollSocketChannel) channel).config().setSoLinger(0);
            channel.close();
        }
    }

    /** At the end of the event loop, on it. */
    void release() {
        readBuffer.release();
    }

    private static InternetProtocolFamily family(InetAddress address) {
        return address instanceof Inet6Address ? InternetProtocolFamily.IPv6 : InternetProtocolFamily.IPv4;
    }
}
