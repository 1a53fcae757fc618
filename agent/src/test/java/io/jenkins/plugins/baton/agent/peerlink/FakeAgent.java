package io.jenkins.plugins.baton.agent.peerlink;

import io.jenkins.plugins.baton.lab.Await;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One end of a peer link that says what it likes. Closing it ends it as a process ends: with a FIN. A kernel
 * resets a connection of which something is unread, and so it reads on until the agent has hung up.
 */
final class FakeAgent implements AutoCloseable {
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);

    private final EventLoop loop;
    private final EpollSocketChannel channel;
    private final AtomicBoolean greeted;

    private FakeAgent(EventLoop loop, EpollSocketChannel channel, AtomicBoolean greeted) {
        this.loop = loop;
        this.channel = channel;
        this.greeted = greeted;
    }

    static FakeAgent between(InetAddress own, InetAddress peer, int port) {
        EventLoop loop = new EpollEventLoopGroup(1).next();
        AtomicBoolean greeted = new AtomicBoolean();
        AtomicReference<EpollSocketChannel> connected = new AtomicReference<>();
        Await.until("the agent connects", AWAIT_TIMEOUT, () -> {
            EpollSocketChannel channel = PeerSockets.open(peer);
            channel.pipeline().addLast(new Listener(greeted));
            loop.register(channel).syncUninterruptibly();
            boolean connects = channel.connect(new InetSocketAddress(peer, port), new InetSocketAddress(own, port))
                    .awaitUninterruptibly()
                    .isSuccess();
            if (connects) {
                connected.set(channel);
            } else {
                channel.close().awaitUninterruptibly();
            }
            return connects;
        });
        return new FakeAgent(loop, connected.get(), greeted);
    }

    void say(String words) {
        channel.writeAndFlush(Unpooled.copiedBuffer(words, StandardCharsets.US_ASCII))
                .syncUninterruptibly();
    }

    void reset() {
        loop.submit(() -> PeerSockets.reset(channel)).syncUninterruptibly();
    }

    void awaitReset() {
        Await.until("the agent has hung up", AWAIT_TIMEOUT, () -> !channel.isOpen());
    }

    @Override
    public void close() {
        Await.until("the agent has spoken", AWAIT_TIMEOUT, () -> greeted.get() || !channel.isOpen());
        channel.shutdownOutput().awaitUninterruptibly();
        awaitReset();
        loop.parent().shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private static final class Listener extends ChannelInboundHandlerAdapter {
        private final AtomicBoolean greeted;

        Listener(AtomicBoolean greeted) {
            this.greeted = greeted;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            greeted.set(true);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close(); // the other end has hung up
        }
    }
}
