package io.jenkins.plugins.baton.agent.tether;

import io.jenkins.plugins.baton.agent.linux.ConnectionTracking;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to one peer's agent: made by both at once (RFC 9293, section 3.5, figure 7), and again when it is over.
 * On the tether's thread, but for {@link #isHeld} and {@link #peer}.
 */
final class Line {
    private static final Logger LOG = LoggerFactory.getLogger(Line.class);

    private static final int PAUSE_SECONDS = 1;

    /** As long as an agent may stay unheard before that is told. */
    private static final int PATIENCE_SECONDS = 10;

    private static final String NO_ANSWER = "there is no answer";

    private final EventLoop loop;
    private final Tether.Peer peer;
    private final TetherListener listener;
    private final Supplier<Words> conversation;
    private final Sayings sayings;
    private EpollSocketChannel channel;
    /** Of the present connection. */
    private Words words;
    /** The peer's agent has spoken: a frozen one's kernel connects as well. */
    private volatile boolean held;
    private boolean over;
    /** Why the peer's agent is not heard. */
    private String trouble = NO_ANSWER;

    private Future<?> patience;

    /** What this node's agent says to all peers. */
    interface Sayings {
        String offer();

        String state();
    }

    /** @param conversation begins the words of a connection */
    Line(EventLoop loop, Tether.Peer peer, TetherListener listener, Supplier<Words> conversation, Sayings sayings) {
        this.loop = loop;
        this.peer = peer;
        this.listener = listener;
        this.conversation = conversation;
        this.sayings = sayings;
    }

    Tether.Peer peer() {
        return peer;
    }

    boolean isHeld() {
        return held;
    }

    void begin() {
        losePatienceLater();
        connect();
    }

    private void connect() {
        if (over) {
            return;
        }
        ConnectionTracking.forgetBetween(peer.own(), peer.address());
        EpollSocketChannel next;
        try {
            next = Sockets.open(peer.address().getAddress());
        } catch (ChannelException e) {
            failed(e);
            return;
        }
        channel = next;
        words = conversation.get();
        next.pipeline()
                .addLast(new LineBasedFrameDecoder(Tether.LONGEST_LINE, true, true))
                .addLast(new StringDecoder(StandardCharsets.UTF_8))
                .addLast(new Ear());
        loop.register(next);
        next.connect(peer.address(), peer.own()).addListener(attempt -> {
            if (!attempt.isSuccess()) {
                Sockets.reset(next); // before the next one wants the same ports
                failed(attempt.cause());
            }
        });
    }

    private void failed(Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            trouble = NO_ANSWER;
            connect();
        } else {
            trouble = cause instanceof NoRouteToHostException ? "its host cannot be reached" : cause.getMessage();
            connectLater();
        }
    }

    private void connectLater() {
        if (!over) {
            loop.schedule(this::connect, PAUSE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Says what this agent offers: now, or as soon as the peer has greeted and read what was said before. */
    void tellOffer() {
        say(Words.Kind.OFFER, sayings.offer());
    }

    void tellState() {
        say(Words.Kind.STATE, sayings.state());
    }

    void ask() {
        say(Words.Kind.ASK, "");
    }

    void answer(String state) {
        say(Words.Kind.ANSWER, state);
    }

    private void say(Words.Kind kind, String text) {
        if (channel != null && channel.isActive() && channel.isWritable() && words.isGreeted()) {
            write(words.line(kind, text));
        }
    }

    private void write(String line) {
        channel.writeAndFlush(Unpooled.copiedBuffer(line + "\n", StandardCharsets.UTF_8));
    }

    private void heard(Words.Line line) {
        if (!held) {
            held = true;
            trouble = NO_ANSWER;
            patience.cancel(false);
            listener.tethered(peer.node());
        }
        switch (line.kind()) {
            case OFFER -> listener.offered(peer.node(), line.text());
            case STATE -> listener.stated(peer.node(), line.text(), false);
            case ANSWER -> listener.stated(peer.node(), line.text(), true);
            case ASK -> listener.asked(peer.node());
        }
    }

    /** @param inOrder whether the peer's kernel closed the connection with a FIN */
    private void lost(boolean inOrder) {
        if (!held) {
            connectLater();
            return;
        }
        try {
            loosen();
            if (inOrder) {
                listener.ended(peer.node());
            } else {
                losePatienceLater();
            }
        } finally {
            connect();
        }
    }

    private void loosen() {
        if (held) {
            held = false;
            listener.untethered(peer.node());
        }
    }

    private void losePatienceLater() {
        patience = loop.schedule(this::warn, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void warn() {
        listener.warned("There is no tether to " + peer.node() + " (TCP from port " + peer.own().getPort() + " of "
                + peer.own().getAddress().getHostAddress() + " to port " + peer.address().getPort() + " of "
                + peer.address().getAddress().getHostAddress() + "): " + trouble
                + ". Until there is, the end of its agent is noticed by its missing adverts alone."
                + " If the agent runs, look for a firewall, or another program on the port");
    }

    /** The peer is none any more. */
    void letGo() {
        end();
        if (channel != null) {
            Sockets.reset(channel);
        }
    }

    /** This agent ends: whoever closes the channel now closes it in order. */
    void end() {
        over = true;
        patience.cancel(false);
        loosen();
    }

    /** What arrives on one connection. */
    private final class Ear extends SimpleChannelInboundHandler<String> {
        private boolean broken;
        /** The peer's kernel closed it with a FIN. */
        private boolean inOrder;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            write(words.hello());
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            tellOffer();
            tellState();
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, String line) {
            if (!context.channel().isOpen()) {
                return; // it came together with what was no agent's word
            }
            try {
                boolean greeted = words.isGreeted();
                words.hear(line).ifPresent(Line.this::heard);
                if (!greeted) {
                    tellOffer();
                    tellState();
                }
            } catch (Words.Foreign e) {
                noAgent(context, e.getMessage());
            }
        }

        private void noAgent(ChannelHandlerContext context, String why) {
            trouble = why;
            Sockets.reset(context.channel());
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ChannelInputShutdownEvent.INSTANCE) {
                inOrder = !broken;
                Sockets.reset(context.channel());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            broken = true; // mostly it was reset, or the peer's host is silent
            if (cause instanceof TooLongFrameException) {
                noAgent(context, "what answers is no agent");
            } else if (!(cause instanceof IOException)) {
                LOG.error("The tether to {} failed", peer.node(), cause);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            lost(inOrder);
        }
    }
}
