package io.jenkins.plugins.baton.agent.tether;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** The connection to one peer: does what its {@link Cord} says, and reads what the peer offers. */
final class Line implements Tether.Watched {
    private final Selector selector;
    private final InetAddress own;
    private final Tether.Peer peer;
    private final TetherListener listener;
    private final Cord cord;
    private final ByteBuffer incoming = ByteBuffer.allocate(Tether.LONGEST_LINE);
    private SocketChannel channel;

    Line(Selector selector, InetAddress own, Tether.Peer peer, TetherListener listener, long now) {
        this.selector = selector;
        this.own = own;
        this.peer = peer;
        this.listener = listener;
        this.cord = new Cord(now);
    }

    Tether.Peer peer() {
        return peer;
    }

    long deadline() {
        return cord.deadline();
    }

    /** Does what is due. */
    void turn(long now) {
        if (cord.isOverdue(now)) {
            failed(now, "there was no answer within " + Cord.PATIENCE / 1_000_000_000 + " s");
        } else if (cord.isDueToConnect(now)) {
            connect(now);
        }
    }

    private void connect(long now) {
        cord.connecting(now);
        try {
            channel = SocketChannel.open();
            Sockets.configure(channel);
            // Peers know this node by this address, whatever else the interface has.
            channel.bind(new InetSocketAddress(own, 0));
            channel.register(selector, SelectionKey.OP_CONNECT, this);
            if (channel.connect(new InetSocketAddress(peer.address(), peer.port()))) {
                connected();
            }
        } catch (ConnectException e) {
            refused(now);
        } catch (IOException e) {
            failed(now, e.getMessage());
        }
    }

    @Override
    public void ready(long now) {
        if (cord.isConnected()) {
            read(now);
            return;
        }
        try {
            if (channel.finishConnect()) {
                connected();
            }
        } catch (ConnectException e) { // a timeout of the kernel is one too, but comes later than ours
            refused(now);
        } catch (IOException e) {
            failed(now, e.getMessage());
        }
    }

    private void connected() {
        channel.keyFor(selector).interestOps(SelectionKey.OP_READ);
        incoming.clear();
        cord.connected();
    }

    private void read(long now) {
        boolean inOrder = true;
        int count = -1;
        try {
            count = channel.read(incoming);
        } catch (IOException e) {
            inOrder = false;
        }
        if (count >= 0) {
            takeOffers(now);
        } else {
            boolean held = cord.isHeld();
            hangUp();
            if (inOrder) {
                cord.closed(now);
            } else {
                cord.broke(now);
            }
            if (held) {
                listener.untethered(peer.node());
            }
            turn(now); // at once: the answer tells whether there must be an election
        }
    }

    private void takeOffers(long now) {
        int begin = 0;
        for (int i = 0; i < incoming.position(); i++) {
            if (incoming.get(i) == '\n') {
                String line = new String(incoming.array(), begin, i - begin, StandardCharsets.UTF_8);
                if (!line.startsWith(Tether.GREETING)) {
                    noAgent(now);
                    return;
                }
                if (cord.spoke()) {
                    listener.tethered(peer.node());
                }
                listener.offered(peer.node(), line.substring(Tether.GREETING.length()));
                begin = i + 1;
            }
        }
        incoming.limit(incoming.position()).position(begin);
        incoming.compact();
        if (!incoming.hasRemaining()) { // no agent says that much
            noAgent(now);
        }
    }

    private void noAgent(long now) {
        loseTether();
        failed(now, "what listens there is no agent");
    }

    private void refused(long now) {
        hangUp();
        if (cord.refused(now)) {
            listener.ended(peer.node());
        }
    }

    private void failed(long now, String why) {
        hangUp();
        if (cord.failed(now)) {
            listener.warned("There is no tether to " + peer.node() + " (TCP " + peer.address().getHostAddress() + " port "
                    + peer.port() + "): " + why
                    + "; until there is, the end of its agent is noticed by its missing adverts alone");
        }
    }

    private void hangUp() {
        Sockets.close(channel);
    }

    /** The peer is none any more. */
    void close() {
        hangUp();
        loseTether();
    }

    private void loseTether() {
        if (cord.isHeld()) {
            listener.untethered(peer.node());
        }
    }
}
