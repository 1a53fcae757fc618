package io.jenkins.plugins.baton.agent.tether;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where the peers' agents connect. What they hold is this end: it lives as long as this process. Strangers are turned away
 * unheard, and nothing that anybody sends is read.
 */
final class Entrance implements Tether.Watched {
    private static final long PAUSE = 5_000_000_000L;

    /** While descriptors are short: who waits in the kernel's queue would wake the thread for ever. */
    private static final long REST = 100_000_000L;

    /** Then the other connections have their turn, however many strangers knock. */
    private static final int MOST_AT_ONCE = 16;

    /** A peer has one connection; more are those of its earlier lives, which the kernel has not given up yet. */
    private static final int MOST_PER_PEER = 4;

    private final Selector selector;
    private final InetSocketAddress own;
    private final Consumer<String> warn;
    private final Map<InetAddress, Deque<Guest>> guests = new HashMap<>();
    private Set<InetAddress> admitted = Set.of();
    private byte[] offer = (Tether.GREETING + "\n").getBytes(StandardCharsets.UTF_8);
    private ServerSocketChannel server;
    /** When to open, or to accept again. */
    private long due = Long.MIN_VALUE;
    private boolean warned;

    Entrance(Selector selector, InetSocketAddress own, Consumer<String> warn) {
        this.selector = selector;
        this.own = own;
        this.warn = warn;
    }

    /** Connections are taken from these addresses only; others' are closed. */
    void admit(Collection<InetAddress> addresses) {
        admitted = Set.copyOf(addresses);
        guests.forEach((address, theirs) -> {
            if (!admitted.contains(address)) {
                theirs.forEach(Guest::leave);
            }
        });
        guests.keySet().retainAll(admitted);
    }

    void offer(byte[] line) {
        offer = line;
        guests.values().forEach(theirs -> theirs.removeIf(guest -> !guest.tell(line)));
    }

    /** When {@link #turn} has something to do. */
    long deadline() {
        return due;
    }

    void turn(long now) {
        if (now < due) {
            return;
        }
        if (server == null) {
            open(now);
        } else {
            due = Long.MAX_VALUE;
            server.keyFor(selector).interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    private void open(long now) {
        try {
            ServerSocketChannel opened = ServerSocketChannel.open();
            try {
                opened.configureBlocking(false);
                opened.bind(own);
                opened.register(selector, SelectionKey.OP_ACCEPT, this);
                server = opened;
                due = Long.MAX_VALUE;
            } catch (IOException e) {
                opened.close();
                throw e;
            }
        } catch (IOException e) {
            due = now + PAUSE;
            if (!warned) {
                warned = true;
                warn.accept("The tether cannot listen on " + own.getAddress().getHostAddress() + " port " + own.getPort()
                        + ": " + e.getMessage()
                        + "; until it can, the end of this agent is noticed by its missing adverts alone."
                        + " Free the port, or choose another with tether.port");
            }
        }
    }

    @Override
    public void ready(long now) {
        try {
            SocketChannel channel = server.accept();
            for (int i = 1; channel != null; i++) {
                receive(channel);
                channel = i < MOST_AT_ONCE ? server.accept() : null;
            }
        } catch (IOException e) {
            server.keyFor(selector).interestOps(0);
            due = now + REST;
        }
    }

    private void receive(SocketChannel channel) {
        try {
            welcome(channel);
        } catch (IOException e) {
            Sockets.close(channel); // the caller has gone again
        }
    }

    private void welcome(SocketChannel channel) throws IOException {
        InetAddress from = ((InetSocketAddress) channel.getRemoteAddress()).getAddress();
        if (!admitted.contains(from)) {
            channel.close();
            return;
        }
        Sockets.configure(channel);
        Deque<Guest> theirs = guests.computeIfAbsent(from, address -> new ArrayDeque<>());
        Guest guest = new Guest(channel, theirs);
        channel.register(selector, SelectionKey.OP_READ, guest);
        theirs.add(guest);
        if (theirs.size() > MOST_PER_PEER) {
            theirs.remove().leave();
        }
        if (!guest.tell(offer)) {
            theirs.remove(guest);
        }
    }

    void close() throws IOException {
        if (server != null) {
            server.close();
        }
        guests.values().forEach(theirs -> theirs.forEach(Guest::leave));
    }

    /** A peer's connection. */
    private static final class Guest implements Tether.Watched {
        private final SocketChannel channel;
        private final Deque<Guest> all;

        Guest(SocketChannel channel, Deque<Guest> all) {
            this.channel = channel;
            this.all = all;
        }

        /** It has ended, or says something, which no agent does. */
        @Override
        public void ready(long now) {
            all.remove(this);
            leave();
        }

        /** Returns whether it could be told; who does not read is better off with a new connection. */
        boolean tell(byte[] line) {
            try {
                ByteBuffer rest = ByteBuffer.wrap(line);
                channel.write(rest);
                if (!rest.hasRemaining()) {
                    return true;
                }
            } catch (IOException e) {
                // it has gone
            }
            leave();
            return false;
        }

        void leave() {
            Sockets.close(channel);
        }
    }
}
