package io.jenkins.plugins.baton.agent.plane.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;

/**
 * One end of a session: the client or the server. Passes what it reads to the other end, stops reading while the other
 * end cannot keep up, and carries the end of its stream over (half-close).
 *
 * <p>While nothing waits to be sent, it sends and ends its output on the channel's socket itself: Netty's queue would cost more
 * than the system call, and its {@code shutdownOutput} makes an exception with a stack trace each time.
 */
final class SessionLeg extends ChannelInboundHandlerAdapter {
    /** Before other sessions of the loop have their turn. */
    private static final int SPLICES = 4;

    /** include/net/tcp_states.h */
    private static final int TCP_CLOSE = 7;

    final EpollSocketChannel channel;
    final boolean isClient;
    private final Session session;
    private final Socket socket;

    /** The other end once there is one. */
    private SessionLeg other;

    private boolean answered;
    private boolean corked;
    private boolean inputEnded;
    private boolean outputEnded;

    SessionLeg(Session session, EpollSocketChannel channel, boolean isClient) {
        this.session = session;
        this.channel = channel;
        this.isClient = isClient;
        this.socket = (Socket) channel.fd();
        channel.pipeline().addLast("side", this);
    }

    /** From now on these two talk to each other. What the client said before is sent first. */
    static void join(SessionLeg client, SessionLeg server) {
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
            if (!isClient && !answered) {
                answered = true;
                other.cork(true);
            }
            boolean fast = data.readableBytes() == ReadBuffer.BYTES;
            other.send(data);
            if (fast) {
                splice();
            }
        }
    }

    /** There is more than a buffer holds. Netty's next read tells apart what {@link Splice#take} cannot. */
    private void splice() {
        Splice splice = session.splice();
        SessionLeg broken = this;
        boolean clean = false;
        try {
            for (int i = 0; i < SPLICES && !session.isOver() && other.nothingWaits(); i++) {
                broken = this;
                int taken = splice.take(socket);
                if (taken == 0) {
                    break;
                }
                session.moved(this, taken);
                broken = other;
                int given = splice.give(other.socket, taken);
                if (given < taken) {
                    other.keep(splice.rest(channel.alloc(), taken - given));
                }
            }
            clean = true;
        } catch (IOException e) {
            session.broken(broken);
        } finally {
            if (!clean) { // an Error too, such as no memory for the rest: the next session must not get these bytes
                splice.close();
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        boolean goesOn = channel.unsafe().recvBufAllocHandle().lastBytesRead() >= 0;
        if (other != null && other.corked && goesOn && !session.isOver()) {
            other.cork(false);
        }
        context.fireChannelReadComplete();
    }

    /**
     * The kernel keeps an incomplete packet back. Many servers send one answer and their FIN together: then both leave
     * in one packet instead of two, which is most of what a short session costs beyond its system calls.
     */
    void cork(boolean yes) {
        channel.config().setTcpCork(yes);
        corked = yes;
    }

    private void send(ByteBuf data) {
        try {
            if (nothingWaits()) {
                data.skipBytes(socket.sendAddress(data.memoryAddress(), data.readerIndex(), data.writerIndex()));
            }
        } catch (IOException e) {
            data.release();
            session.broken(this);
            return;
        }
        if (data.isReadable()) {
            keep(data);
        } else {
            data.release();
        }
    }

    /** What the kernel does not take now. A small rest is copied, so that it does not hold the large buffer. */
    private void keep(ByteBuf rest) {
        ByteBuf kept = rest;
        if (rest.readableBytes() < rest.capacity() / 2) {
            kept = channel.alloc().directBuffer(rest.readableBytes()).writeBytes(rest);
            rest.release();
        }
        channel.writeAndFlush(kept, channel.voidPromise());
        if (!channel.isWritable()) {
            other.channel.config().setAutoRead(false);
        }
    }

    private boolean nothingWaits() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting != null && waiting.totalPendingWriteBytes() == 0;
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
            channel.config().setAllowHalfClosure(false); // or it would read once more
            if (other != null) {
                other.endOutput();
            }
        }
    }

    /** Whether it has ended its stream. */
    boolean hasEnded() {
        return inputEnded;
    }

    /**
     * Whether a side that has ended its stream is gone altogether. Nobody reads from it any more, so that Netty hears
     * nothing of its reset, and the kernel is asked.
     */
    boolean isGone() {
        return inputEnded && (!channel.isOpen() || channel.tcpInfo().state() == TCP_CLOSE);
    }

    /** Ends the output once all that was written before is out; when both legs have, the session is over. */
    private void endOutput() {
        if (nothingWaits()) {
            shutdownOutput();
            return;
        }
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> {
            if (flushed.isSuccess()) {
                shutdownOutput();
            } else {
                session.broken(this);
            }
        });
    }

    private void shutdownOutput() {
        outputEnded = true;
        if (other.outputEnded) {
            session.ended();
            return;
        }
        try {
            socket.shutdown(false, true);
            channel.config().setAllowHalfClosure(false); // its own FIN will be the last, and close it
        } catch (IOException | NotYetConnectedException e) {
            session.broken(this); // it was reset meanwhile
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (outputEnded && !inputEnded && !session.isOver()) {
            inputEnded = true;
            other.endOutput();
        } else {
            session.broken(this);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        session.broken(this);
    }
}
