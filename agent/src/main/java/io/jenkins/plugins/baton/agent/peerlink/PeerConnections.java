package io.jenkins.plugins.baton.agent.peerlink;

import io.jenkins.plugins.baton.agent.linux.host.RealTime;
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
public final class PeerConnections implements AutoCloseable {
    /** In octets of UTF-8: enough for the longest names of as many frontends as a cluster file can have. */
    public static final int MAX_CAPABILITIES = 8192;

    /** The same of what the routers do: 255 routers with the longest names. */
    public static final int MAX_STATE = 5 * MAX_CAPABILITIES;

    /** In octets, without its end. */
    static final int MAX_LINE = PeerProtocol.MAX_FRAMING + MAX_STATE;

    /** Below the election's thread, above those of the data plane. */
    private static final int PRIORITY = 15;

    private static final int CLOSE_TIMEOUT_SECONDS = 1;

    /**
     * Another node, and the two ends of the connection with it.
     *
     * @param own this node's end, which the peer expects
     */
    public record Peer(String node, InetSocketAddress own, InetSocketAddress address) {}

    private final String self;
    private final PeerLinkListener listener;
    private final EpollEventLoopGroup group = new EpollEventLoopGroup(1, PeerConnections::thread);
    private final EventLoop loop = group.next();
    private final Map<String, PeerConnection> connections = new ConcurrentHashMap<>();
    private final PeerConnection.LocalState local = new PeerConnection.LocalState() {
        @Override
        public String capabilities() {
            return capabilities;
        }

        @Override
        public String state() {
            return state;
        }
    };
    private String capabilities;
    private String state = "";
    private volatile GroupSecret secret;
    private boolean closed;

    private PeerConnections(String self, GroupSecret secret, String capabilities, PeerLinkListener listener) {
        this.self = self;
        this.secret = secret;
        this.capabilities = requireOneLine(capabilities, MAX_CAPABILITIES);
        this.listener = listener;
    }

    private static Thread thread(Runnable task) {
        Runnable punctual = () -> {
            RealTime.tryScheduleFifo(PRIORITY); // the VRRP thread tells whether it is permitted
            task.run();
        };
        Thread thread = new Thread(punctual, "peer-link");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Begins to connect. A port that is taken, or an address that this machine does not have yet, is tried again; who is
     * not heard for 10 s is told as a warning.
     *
     * @param self this node's name
     * @param secret by which the agents know each other
     * @param capabilities what they are told of this agent, see {@link #advertise}: they may hear it at once
     * @throws IllegalStateException when there are no file descriptors
     */
    public static PeerConnections start(
            String self, List<Peer> peers, GroupSecret secret, String capabilities, PeerLinkListener listener) {
        PeerConnections opened = new PeerConnections(self, secret, capabilities, listener);
        opened.watch(peers);
        return opened;
    }

    /** From now on these are the peers; connections to those that stay remain. */
    public void watch(List<Peer> peers) {
        List<Peer> wanted = List.copyOf(peers);
        post(() -> {
            connections.values().removeIf(connection -> {
                boolean goes = !wanted.contains(connection.peer());
                if (goes) {
                    connection.disconnect();
                }
                return goes;
            });
            wanted.forEach(peer -> connections.computeIfAbsent(peer.node(), node -> begin(peer)));
        });
    }

    private PeerConnection begin(Peer peer) {
        PeerConnection connection = new PeerConnection(
                loop, peer, listener, () -> new PeerProtocol(self, peer.node(), () -> secret), local);
        connection.begin();
        return connection;
    }

    /**
     * Tells all peers something of this agent, now and whenever they connect.
     *
     * @param capabilities one line of at most {@value #MAX_CAPABILITIES} octets of UTF-8
     * @throws IllegalArgumentException when it is longer, or more than a line
     */
    public void advertise(String capabilities) {
        String next = requireOneLine(capabilities, MAX_CAPABILITIES);
        post(() -> {
            this.capabilities = next;
            connections.values().forEach(PeerConnection::sendCapabilities);
        });
    }

    /** Tells all peers what this node's routers do, now and whenever they connect; one line of at most {@value #MAX_STATE} octets. */
    public void state(String state) {
        String next = requireOneLine(state, MAX_STATE);
        post(() -> {
            this.state = next;
            connections.values().forEach(PeerConnection::sendState);
        });
    }

    /** Asks a peer to say what its routers do. Who is not connected is not asked. */
    public void ask(String node) {
        post(() -> Optional.ofNullable(connections.get(node)).ifPresent(PeerConnection::ask));
    }

    /** Answers a peer that asked; one line as {@link #state}. */
    public void answer(String node, String state) {
        String answer = requireOneLine(state, MAX_STATE);
        post(() -> Optional.ofNullable(connections.get(node)).ifPresent(connection -> connection.answer(answer)));
    }

    /** From now on these keys sign and are accepted; connections remain. */
    public void secret(GroupSecret next) {
        secret = next;
    }

    private static String requireOneLine(String text, int longest) {
        if (text.getBytes(StandardCharsets.UTF_8).length > longest || text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("what is said is one line of at most " + longest + " octets: " + text);
        }
        return text;
    }

    /** The nodes whose agents are connected now. */
    public Set<String> connectedPeers() {
        return connections.values().stream()
                .filter(PeerConnection::isUp)
                .map(connection -> connection.peer().node())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private synchronized void post(Runnable task) {
        if (!closed) {
            loop.execute(task);
        }
    }

    /** Closes everything; the peers see that this agent ends. */
    @Override
    public void close() {
        synchronized (this) {
            post(() -> connections.values().forEach(PeerConnection::end));
            closed = true;
        }
        group.shutdownGracefully(0, CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
}
