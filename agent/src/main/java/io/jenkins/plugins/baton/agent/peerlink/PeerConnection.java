package io.jenkins.plugins.baton.agent.peerlink;

import io.jenkins.plugins.baton.agent.linux.netfilter.ConnectionTracking;
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
 * On the peer link's thread, but for {@link #isUp} and {@link #peer}.
 */
final class PeerConnection {
    private static final Logger LOG = LoggerFactory.getLogger(PeerConnection.class);

    private static final int RETRY_INTERVAL_SECONDS = 1;

    /** As long as an agent may stay unheard before that is told. */
    private static final int UNHEARD_TIMEOUT_SECONDS = 10;

    private static final String NO_REPLY = "there is no answer";

    private final EventLoop loop;
    private final PeerConnections.Peer peer;
    private final PeerLinkListener listener;
    private final Supplier<PeerProtocol> protocols;
    private final LocalState local;
    private EpollSocketChannel channel;
    /** Of the present connection. */
    private PeerProtocol protocol;
    /** The peer's agent has spoken: a frozen one's kernel connects as well. */
    private volatile boolean up;

    private boolean over;
    /** Why the peer's agent is not heard. */
    private String trouble = NO_REPLY;

    private Future<?> warning;

    /** What this node's agent says to all peers. */
    interface LocalState {
        String capabilities();

        String state();
    }

    /** @param protocols makes the protocol of a connection */
    PeerConnection(
            EventLoop loop,
            PeerConnections.Peer peer,
            PeerLinkListener listener,
            Supplier<PeerProtocol> protocols,
            LocalState local) {
        this.loop = loop;
        this.peer = peer;
        this.listener = listener;
        this.protocols = protocols;
        this.local = local;
    }

    PeerConnections.Peer peer() {
        return peer;
    }

    boolean isUp() {
        return up;
    }

    void begin() {
        warnLater();
        connect();
    }

    private void connect() {
        if (over) {
            return;
        }
        ConnectionTracking.forgetBetween(peer.own(), peer.address());
        EpollSocketChannel next;
        try {
            next = PeerSockets.open(peer.address().getAddress());
        } catch (ChannelException e) {
            failed(e);
            return;
        }
        channel = next;
        protocol = protocols.get();
        next.pipeline()
                .addLast(new LineBasedFrameDecoder(PeerConnections.MAX_LINE, true, true))
                .addLast(new StringDecoder(StandardCharsets.UTF_8))
                .addLast(new Reader());
        loop.register(next);
        next.connect(peer.address(), peer.own()).addListener(attempt -> {
            if (!attempt.isSuccess()) {
                PeerSockets.reset(next); // before the next one wants the same ports
                failed(attempt.cause());
            }
        });
    }

    private void failed(Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            trouble = NO_REPLY;
            connect();
        } else {
            trouble = cause instanceof NoRouteToHostException ? "its host cannot be reached" : cause.getMessage();
            connectLater();
        }
    }

    private void connectLater() {
        if (!over) {
            loop.schedule(this::connect, RETRY_INTERVAL_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Says what this agent advertises: now, or as soon as the peer has greeted and read what was said before. */
    void sendCapabilities() {
        send(PeerProtocol.Kind.CAPABILITIES, local.capabilities());
    }

    void sendState() {
        send(PeerProtocol.Kind.STATE, local.state());
    }

    void ask() {
        send(PeerProtocol.Kind.ASK, "");
    }

    void answer(String state) {
        send(PeerProtocol.Kind.ANSWER, state);
    }

    private void send(PeerProtocol.Kind kind, String text) {
        if (channel != null && channel.isActive() && channel.isWritable() && protocol.isPeerGreeted()) {
            write(protocol.line(kind, text));
        }
    }

    private void write(String line) {
        channel.writeAndFlush(Unpooled.copiedBuffer(line + "\n", StandardCharsets.UTF_8));
    }

    private void heard(PeerProtocol.Message message) {
        if (!up) {
            up = true;
            trouble = NO_REPLY;
            warning.cancel(false);
            listener.connected(peer.node());
        }
        switch (message.kind()) {
            case CAPABILITIES -> listener.advertised(peer.node(), message.text());
            case STATE -> listener.stated(peer.node(), message.text(), false);
            case ANSWER -> listener.stated(peer.node(), message.text(), true);
            case ASK -> listener.asked(peer.node());
        }
    }

    /** @param inOrder whether the peer's kernel closed the connection with a FIN */
    private void lost(boolean inOrder) {
        if (!up) {
            connectLater();
            return;
        }
        try {
            markDown();
            if (inOrder) {
                listener.ended(peer.node());
            } else {
                warnLater();
            }
        } finally {
            connect();
        }
    }

    private void markDown() {
        if (up) {
            up = false;
            listener.disconnected(peer.node());
        }
    }

    private void warnLater() {
        warning = loop.schedule(this::warn, UNHEARD_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private void warn() {
        listener.warned("The peer link to " + peer.node() + " is down (TCP from port "
                + peer.own().getPort() + " of "
                + peer.own().getAddress().getHostAddress() + " to port "
                + peer.address().getPort() + " of "
                + peer.address().getAddress().getHostAddress() + "): " + trouble
                + ". Until it is up, the end of its agent is noticed by its missing adverts alone."
                + " If the agent runs, look for a firewall, or another program on the port");
    }

    /** The peer is none any more. */
    void disconnect() {
        end();
        if (channel != null) {
            PeerSockets.reset(channel);
        }
    }

    /** This agent ends: whoever closes the channel now closes it in order. */
    void end() {
        over = true;
        warning.cancel(false);
        markDown();
    }

    /** What arrives on one connection. */
    private final class Reader extends SimpleChannelInboundHandler<String> {
        private boolean broken;
        /** The peer's kernel closed it with a FIN. */
        private boolean inOrder;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            PeerSockets.keepAlive(channel);
            write(protocol.hello());
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            sendCapabilities();
            sendState();
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, String line) {
            if (!context.channel().isOpen()) {
                return; // it came together with what was no agent's word
            }
            try {
                boolean greeted = protocol.isPeerGreeted();
                protocol.read(line).ifPresent(PeerConnection.this::heard);
                if (!greeted) {
                    sendCapabilities();
                    sendState();
                }
            } catch (PeerProtocol.ForeignPeerException e) {
                dropForeign(context, e.getMessage());
            }
        }

        private void dropForeign(ChannelHandlerContext context, String why) {
            trouble = why;
            PeerSockets.reset(context.channel());
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ChannelInputShutdownEvent.INSTANCE) {
                inOrder = !broken;
                PeerSockets.reset(context.channel());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            broken = true; // mostly it was reset, or the peer's host is silent
            if (cause instanceof TooLongFrameException) {
                dropForeign(context, "what answers is no agent");
            } else if (!(cause instanceof IOException)) {
                LOG.error("The peer link to {} failed", peer.node(), cause);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            lost(inOrder);
        }
    }
}
