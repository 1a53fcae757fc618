package io.jenkins.plugins.baton.agent.plane.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.util.concurrent.TimeUnit;

/** Accepts the clients of a frontend for one worker. */
final class Acceptor extends ChannelInboundHandlerAdapter {
    /** How long nothing is accepted when there is no room, and no idle session to make it; clients wait in the kernel's queue meanwhile. */
    private static final long RETRY_INTERVAL_MILLIS = 100;

    private final ProxyPlane plane;
    private final Worker worker;
    private final ProxyFrontend frontend;
    private final EpollServerSocketChannel channel;

    Acceptor(ProxyPlane plane, Worker worker, ProxyFrontend frontend, EpollServerSocketChannel channel) {
        this.plane = plane;
        this.worker = worker;
        this.frontend = frontend;
        this.channel = channel;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        EpollSocketChannel accepted = (EpollSocketChannel) message;
        if (!plane.hasRoom()) {
            plane.exhaustion()
                    .tell(
                            "keep more than " + plane.maxSessions() + " sessions",
                            "file descriptors are few, and those that are idle for the longest time end first");
            if (!worker.makeRoom()) {
                pause(); // this one is a few too many, for which there is a reserve
            }
        }
        worker.sockets().tune(accepted);
        new Session(worker, frontend, accepted);
        Sockets.register(accepted, worker.loop());
    }

    /** Accepting failed, most likely for want of file descriptors. Trying again at once would only burn the CPU. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        plane.exhaustion().tell("accept a client of frontend " + frontend.name(), cause.getMessage());
        pause();
    }

    private void pause() {
        channel.config().setAutoRead(false);
        resumeLater();
    }

    private void resumeLater() {
        channel.eventLoop().schedule(this::resume, RETRY_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void resume() {
        if (!channel.isOpen()) {
            return;
        }
        if (plane.hasRoom() || worker.canMakeRoom()) {
            channel.config().setAutoRead(true);
        } else {
            resumeLater();
        }
    }
}
