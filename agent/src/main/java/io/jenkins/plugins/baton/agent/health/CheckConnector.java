package io.jenkins.plugins.baton.agent.health;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetSocketAddress;

/** Opens a TCP connection for a check. The check's own timeout covers it. */
final class CheckConnector {
    private CheckConnector() {}

    /**
     * @param handlers of the new connection, in the order in which they see what arrives
     * @return tells its outcome on the loop; but that there is no file descriptor for a socket on some other thread
     */
    static ChannelFuture connect(EventLoop loop, InetSocketAddress target, ChannelHandler... handlers) {
        return new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                // A check every second or two does not deserve a pool of memory.
                .option(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(handlers);
                    }
                })
                .connect(target);
    }
}
