package io.jenkins.plugins.baton.agent.tether;

import io.jenkins.plugins.baton.agent.linux.RealTime;
import io.jenkins.plugins.baton.agent.secret.GroupSecret;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollEventLoopGroup;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Holds an idle TCP connection to the agent of every other node. When an agent's process ends, by whatever cause, its kernel
 * closes its connections and the others know within a millisecond, without waiting for adverts that do not come. Where a
 * firewall is between, nothing is lost but that. Nobody listens: both ends connect, from the same port to the same port.
 *
 * <p>One thread, a real-time one where that is permitted: on a busy machine the news is for nothing else. Every method may
 * be called from any thread.
 */
public final class Tether implements AutoCloseable {
    /** In octets of UTF-8: enough for the longest names of as many frontends as a cluster file can have. */
    public static final int LONGEST_OFFER = 8192;

    /** The same of what the routers do: 255 routers with the longest names. */
    public static final int LONGEST_STATE = 5 * LONGEST_OFFER;

    /** In octets, without its end. */
    static final int LONGEST_LINE = Words.MOST_AROUND + LONGEST_STATE;

    /** Below the election's thread, above those of the data plane. */
    private static final int PRIORITY = 15;

    private static final int FAREWELL_SECONDS = 1;

    /**
     * Another node, and the two ends of the connection with it.
     *
     * @param own this node's end, which the peer expects
     */
    public record Peer(String node, InetSocketAddress own, InetSocketAddress address) {}

    private final String self;
    private final TetherListener listener;
    private final EpollEventLoopGroup group = new EpollEventLoopGroup(1, Tether::thread);
    private final EventLoop loop = group.next();
    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private final Line.Sayings sayings = new Line.Sayings() {
        @Override
        public String offer() {
            return offer;
        }

        @Override
        public String state() {
            return state;
        }
    };
    private String offer;
    private String state = "";
    private volatile GroupSecret secret;
    private boolean closed;

    private Tether(String self, GroupSecret secret, String offer, TetherListener listener) {
        this.self = self;
        this.secret = secret;
        this.offer = oneLine(offer, LONGEST_OFFER);
        this.listener = listener;
    }

    private static Thread thread(Runnable task) {
        Runnable punctual = () -> {
            RealTime.tryScheduleFifo(PRIORITY); // the VRRP thread tells whether it is permitted
            task.run();
        };
        Thread thread = new Thread(punctual, "tether");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Begins to connect. A port that is taken, or an address that this machine does not have yet, is tried again; who is
     * not heard for 10 s is told as a warning.
     *
     * @param self this node's name
     * @param secret by which the agents know each other
     * @param offer what they are told of this agent, see {@link #offer}: they may hear it at once
     * @throws IllegalStateException when there are no file descriptors
     */
    public static Tether start(
            String self, List<Peer> peers, GroupSecret secret, String offer, TetherListener listener) {
        Tether tether = new Tether(self, secret, offer, listener);
        tether.watch(peers);
        return tether;
    }

    /** From now on these are the peers; connections to those that stay remain. */
    public void watch(List<Peer> peers) {
        List<Peer> wanted = List.copyOf(peers);
        post(() -> {
            lines.values().removeIf(line -> {
                boolean goes = !wanted.contains(line.peer());
                if (goes) {
                    line.letGo();
                }
                return goes;
            });
            wanted.forEach(peer -> lines.computeIfAbsent(peer.node(), node -> begin(peer)));
        });
    }

    private Line begin(Peer peer) {
        Line line = new Line(loop, peer, listener, () -> new Words(self, peer.node(), () -> secret), sayings);
        line.begin();
        return line;
    }

    /**
     * Tells all peers something of this agent, now and whenever they connect.
     *
     * @param offer one line of at most {@value #LONGEST_OFFER} octets of UTF-8
     * @throws IllegalArgumentException when it is longer, or more than a line
     */
    public void offer(String offer) {
        String next = oneLine(offer, LONGEST_OFFER);
        post(() -> {
            this.offer = next;
            lines.values().forEach(Line::tellOffer);
        });
    }

    /** Tells all peers what this node's routers do, now and whenever they connect; one line of at most {@value #LONGEST_STATE} octets. */
    public void state(String state) {
        String next = oneLine(state, LONGEST_STATE);
        post(() -> {
            this.state = next;
            lines.values().forEach(Line::tellState);
        });
    }

    /** Asks a peer to say what its routers do. Who is not connected is not asked. */
    public void ask(String node) {
        post(() -> Optional.ofNullable(lines.get(node)).ifPresent(Line::ask));
    }

    /** Answers a peer that asked; one line as {@link #state}. */
    public void answer(String node, String state) {
        String answer = oneLine(state, LONGEST_STATE);
        post(() -> Optional.ofNullable(lines.get(node)).ifPresent(line -> line.answer(answer)));
    }

    /** From now on these keys sign and are accepted; connections remain. */
    public void secret(GroupSecret next) {
        secret = next;
    }

    private static String oneLine(String text, int longest) {
        if (text.getBytes(StandardCharsets.UTF_8).length > longest || text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("what is said is one line of at most " + longest + " octets: " + text);
        }
        return text;
    }

    /** The nodes whose agents are connected now. */
    public Set<String> tethered() {
        return lines.values().stream()
                .filter(Line::isHeld)
                .map(line -> line.peer().node())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private synchronized void post(Runnable errand) {
        if (!closed) {
            loop.execute(errand);
        }
    }

    /** Closes everything; the peers see that this agent ends. */
    @Override
    public void close() {
        synchronized (this) {
            post(() -> lines.values().forEach(Line::end));
            closed = true;
        }
        group.shutdownGracefully(0, FAREWELL_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly(FAREWELL_SECONDS, TimeUnit.SECONDS);
    }
}
