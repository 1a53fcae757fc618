package io.jenkins.plugins.baton.agent.plane.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/**
 * One end of a session: the client or the server. Passes what it reads to the other end, stops reading while the other
 * end cannot keep up, and carries the end of its stream over (half-close).
 */
final class Side extends ChannelInboundHandlerAdapter {
    final EpollSocketChannel channel;
    final boolean isClient;
    private final Session session;

    /** The other end once there is one. */
    private Side other;

    private boolean inputEnded;
    private boolean outputEnded;

    Side(Session session, EpollSocketChannel channel, boolean isClient) {
        this.session = session;
        this.channel = channel;
        this.isClient = isClient;
        channel.pipeline().addLast(this);
    }

    /** From now on these two talk to each other. What the client said before is sent first. */
    static void join(Side client, Side server) {
        client.other = server;
        server.other = client;
        if (client.inputEnded) {
            server.endOutput();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        session.active(this);
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf data = (ByteBuf) message;
        session.moved(this, data.readableBytes());
        if (other == null) {
            session.early(data);
        } else {
            other.send(data);
        }
    }

    void send(ByteBuf data) {
        channel.writeAndFlush(data, channel.voidPromise());
        if (!channel.isWritable()) {
            other.channel.config().setAutoRead(false);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        session.touch();
        if (other != null) {
            other.channel.config().setAutoRead(channel.isWritable());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            inputEnded = true;
            channel.config().setAutoRead(false); // or Netty would ask epoll for more, in vain
            if (other != null) {
                other.endOutput();
            }
        }
    }

    /** Says goodbye once all that was written before is out; when both sides have, the session is over. */
    private void endOutput() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> {
            if (!flushed.isSuccess()) {
                session.broken(this);
                return;
            }
            outputEnded = true;
            if (other.outputEnded) {
                session.ended();
            } else {
                shutdownOutput();
            }
        });
    }

    /** Fails when the peer has reset the connection meanwhile. */
    private void shutdownOutput() {
        channel.shutdownOutput().addListener(shutdown -> {
            if (!shutdown.isSuccess()) {
                session.broken(this);
            }
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        session.broken(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        session.broken(this);
    }
}
