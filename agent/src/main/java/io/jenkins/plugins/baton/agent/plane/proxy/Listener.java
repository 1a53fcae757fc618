package io.jenkins.plugins.baton.agent.plane.proxy;

import io.jenkins.plugins.baton.agent.plane.PlaneException;
import io.jenkins.plugins.baton.cluster.Endpoint;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.util.concurrent.TimeUnit;

/** The listening socket of a frontend: accepts clients and hands each to a worker. */
final class Listener extends ChannelInboundHandlerAdapter {
    /** How long nothing is accepted when there is no room; clients wait in the kernel's queue meanwhile. */
    private static final long PAUSE_MILLIS = 100;

    private final ProxyPlane plane;
    private final ProxyFrontend frontend;
    private final Endpoint bind;
    private final EpollServerSocketChannel channel;

    private Listener(ProxyPlane plane, ProxyFrontend frontend, Endpoint bind, EpollServerSocketChannel channel) {
        this.plane = plane;
        this.frontend = frontend;
        this.bind = bind;
        this.channel = channel;
    }

    /** Waits for the result: not for an event loop. */
    static Listener open(ProxyPlane plane, ProxyFrontend frontend, Endpoint bind) throws PlaneException {
        try {
            EpollServerSocketChannel channel = Sockets.listening(bind.address());
            Listener listener = new Listener(plane, frontend, bind, channel);
            channel.pipeline().addLast(listener);
            plane.nextWorker().loop().register(channel).syncUninterruptibly();
            ChannelFuture bound = channel.bind(bind.toSocketAddress()).awaitUninterruptibly();
            if (!bound.isSuccess()) {
                channel.close().awaitUninterruptibly();
                throw cannotListen(frontend, bind, bound.cause());
            }
            return listener;
        } catch (ChannelException e) {
            throw cannotListen(frontend, bind, e);
        }
    }

    private static PlaneException cannotListen(ProxyFrontend frontend, Endpoint bind, Throwable cause) {
        String what = String.valueOf(cause.getMessage());
        String remedy = "";
        if (what.contains("Address already in use")) {
            remedy = "; find who has it with: ss -ltnp 'sport = :" + bind.port() + "'";
        } else if (what.contains("Permission denied")) {
            remedy = "; ports below 1024 need CAP_NET_BIND_SERVICE";
        }
        return new PlaneException(
                "frontend " + frontend.name() + " cannot listen on " + bind + ": " + what + remedy, cause);
    }

    Endpoint bind() {
        return bind;
    }

    /** Accepts no more. Waits until the port is free: not for an event loop. */
    void close() {
        channel.close().awaitUninterruptibly();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        EpollSocketChannel accepted = (EpollSocketChannel) message;
        plane.sockets().tune(accepted);
        Worker worker = plane.nextWorker();
        new Session(worker, frontend, accepted);
        worker.loop().register(accepted);
        if (!plane.hasRoom()) {
            plane.shortage().tell("accept more than " + plane.maxSessions() + " sessions", "file descriptors are few");
            pause();
        }
    }

    /** Accepting failed, most likely for want of file descriptors. Trying again at once would only burn the CPU. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        plane.shortage().tell("accept a client of frontend " + frontend.name(), cause.getMessage());
        pause();
    }

    private void pause() {
        channel.config().setAutoRead(false);
        channel.eventLoop().schedule(() -> channel.config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
