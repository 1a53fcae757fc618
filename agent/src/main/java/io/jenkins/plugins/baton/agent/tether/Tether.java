package io.jenkins.plugins.baton.agent.tether;

import io.jenkins.plugins.baton.agent.linux.RealTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds an idle TCP connection to the agent of every other node, and accepts theirs. When an agent's process ends, by
 * whatever cause, its kernel closes its connections and the others know within a millisecond, without waiting for adverts
 * that do not come. Where a firewall is between, nothing is lost but that.
 *
 * <p>One thread, a real-time one where that is permitted: on a busy machine the news is for nothing else. Every method may
 * be called from any thread.
 */
public final class Tether implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tether.class);

    /** What every line of an agent begins with: a port may belong to another program, and that one may have a banner. */
    static final String GREETING = "baton ";

    /** In octets of UTF-8: enough for the longest names of as many frontends as a cluster file can have. */
    public static final int LONGEST_OFFER = 8192;

    static final int LONGEST_LINE = GREETING.length() + LONGEST_OFFER + 1;

    /** Below the election's thread, above those of the data plane. */
    private static final int PRIORITY = 15;

    /**
     * Another node.
     *
     * @param port where its agent listens
     */
    public record Peer(String node, InetAddress address, int port) {}

    private final Selector selector;
    private final Entrance entrance;
    private final Recorder recorder;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final Set<String> tethered = new ConcurrentSkipListSet<>();
    private final Queue<Runnable> errands = new ConcurrentLinkedQueue<>();
    private final InetAddress own;
    private final Thread thread = new Thread(this::run, "tether");
    private volatile boolean closed;

    private Tether(Selector selector, InetSocketAddress own, TetherListener listener) {
        this.selector = selector;
        this.own = own.getAddress();
        this.recorder = new Recorder(listener);
        this.entrance = new Entrance(selector, own, listener::warned);
    }

    /**
     * Begins to listen and to connect. A port that is taken, or an address that this machine does not have yet, is told as
     * a warning, and tried again.
     *
     * @param own this node's address, which peers expect, and the port
     */
    public static Tether start(InetSocketAddress own, List<Peer> peers, TetherListener listener) throws IOException {
        Tether tether = new Tether(Selector.open(), own, listener);
        tether.watch(peers);
        tether.thread.setDaemon(true);
        tether.thread.start();
        return tether;
    }

    /** From now on these are the peers; connections to those that stay remain. */
    public void watch(List<Peer> peers) {
        List<Peer> wanted = List.copyOf(peers);
        post(() -> {
            entrance.admit(wanted.stream().map(Peer::address).toList());
            lines.values().removeIf(line -> {
                boolean goes = !wanted.contains(line.peer());
                if (goes) {
                    line.close();
                }
                return goes;
            });
            wanted.forEach(peer -> lines.computeIfAbsent(
                    peer.node(), node -> new Line(selector, own, peer, recorder, System.nanoTime())));
        });
    }

    /**
     * Tells all peers something of this agent, now and whenever they connect.
     *
     * @param offer one line of at most {@value #LONGEST_OFFER} octets of UTF-8
     * @throws IllegalArgumentException when it is longer, or more than a line
     */
    public void offer(String offer) {
        byte[] octets = (GREETING + offer + "\n").getBytes(StandardCharsets.UTF_8);
        if (octets.length > LONGEST_LINE || offer.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("an offer is one line of at most " + LONGEST_OFFER + " octets: " + offer);
        }
        post(() -> entrance.offer(octets));
    }

    /** The nodes whose agents are connected now. */
    public Set<String> tethered() {
        return new TreeSet<>(tethered);
    }

    /** A selector that is closed must not be woken; it closes after {@link #close} alone. */
    private synchronized void post(Runnable errand) {
        if (!closed) {
            errands.add(errand);
            selector.wakeup();
        }
    }

    private void run() {
        RealTime.tryScheduleFifo(PRIORITY); // the VRRP thread tells whether it is permitted
        try {
            while (!closed) {
                turn();
            }
            entrance.close();
            lines.values().forEach(Line::close);
            selector.close();
        } catch (IOException | RuntimeException e) {
            // The connections stay open: closed, they would tell the others that this agent has ended.
            LOG.error("The tether failed; the end of other agents is noticed by their missing adverts alone", e);
        }
    }

    private void turn() throws IOException {
        long now = System.nanoTime();
        long deadline = entrance.deadline();
        for (Line line : lines.values()) {
            deadline = Math.min(deadline, line.deadline());
        }
        long millis = deadline == Long.MAX_VALUE ? 0 : Math.max(1, (deadline - now + 999_999) / 1_000_000);
        if (deadline <= now) {
            selector.selectNow();
        } else {
            selector.select(millis);
        }
        for (Runnable errand = errands.poll(); errand != null; errand = errands.poll()) {
            errand.run();
        }
        long then = System.nanoTime();
        selector.selectedKeys().removeIf(key -> {
            if (key.isValid()) { // an errand may have closed it since
                ((Watched) key.attachment()).ready(then);
            }
            return true;
        });
        entrance.turn(then);
        lines.values().forEach(line -> line.turn(System.nanoTime()));
    }

    /** Closes everything; the peers see that this agent ends. */
    @Override
    public void close() {
        post(() -> closed = true);
        try {
            thread.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Something that waits in the selector. */
    interface Watched {
        void ready(long now);
    }

    /** Knows who is tethered, beside telling. */
    private final class Recorder implements TetherListener {
        private final TetherListener next;

        Recorder(TetherListener next) {
            this.next = next;
        }

        @Override
        public void tethered(String node) {
            tethered.add(node);
            next.tethered(node);
        }

        @Override
        public void untethered(String node) {
            tethered.remove(node);
            next.untethered(node);
        }

        @Override
        public void ended(String node) {
            next.ended(node);
        }

        @Override
        public void offered(String node, String offer) {
            next.offered(node, offer);
        }

        @Override
        public void warned(String sentence) {
            next.warned(sentence);
        }
    }
}
