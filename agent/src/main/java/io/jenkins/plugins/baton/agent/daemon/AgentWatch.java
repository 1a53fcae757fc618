package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.agent.management.Events;
import io.jenkins.plugins.baton.agent.router.PeerLinks;
import io.jenkins.plugins.baton.agent.router.VirtualRouters;
import io.jenkins.plugins.baton.agent.secret.GroupSecret;
import io.jenkins.plugins.baton.agent.tether.Tether;
import io.jenkins.plugins.baton.agent.tether.TetherListener;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Node;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** The tether to the agents of the other nodes, where the cluster file has one, and who is told what it tells. */
final class AgentWatch implements TetherListener, PeerLinks, AutoCloseable {
    private final VirtualRouters routers;
    private final Events events;
    private final VipMoves moves;
    private volatile Optional<Tether> tether = Optional.empty();
    private String offer = "";
    private volatile String state = "";

    AgentWatch(VirtualRouters routers, Events events, VipMoves moves) {
        this.routers = routers;
        this.events = events;
        this.moves = moves;
    }

    /** Watches the nodes of this file. Without a tether the election goes by adverts. */
    synchronized void apply(Cluster cluster, Node self, GroupSecret secret) {
        List<Tether.Peer> peers = cluster.tether()
                .map(t -> cluster.nodes().stream()
                        .filter(node -> !node.name().equals(self.name()))
                        .map(node -> new Tether.Peer(node.name(), end(self, t.port()), end(node, t.port())))
                        .toList())
                .orElse(List.of());
        if (tether.isPresent()) {
            tether.get().secret(secret);
            tether.get().watch(peers);
        } else if (!peers.isEmpty()) {
            try {
                tether = Optional.of(Tether.start(self.name(), peers, secret, offer, this));
                tether.get().state(state);
            } catch (IllegalStateException e) {
                events.warned("The agents of other nodes are not watched: " + e.getMessage());
            }
        }
    }

    private static InetSocketAddress end(Node node, int port) {
        return new InetSocketAddress(node.address(), port);
    }

    /** Tells the other agents what this node does for them. */
    synchronized void offer(String text) {
        offer = text;
        tether.ifPresent(t -> t.offer(text));
    }

    /** Not under the lock: the real-time thread calls it. */
    @Override
    public void state(String statements) {
        state = statements;
        tether.ifPresent(t -> t.state(statements));
    }

    @Override
    public void ask(String node) {
        tether.ifPresent(t -> t.ask(node));
    }

    @Override
    public void answer(String node, String statements) {
        tether.ifPresent(t -> t.answer(node, statements));
    }

    /** The nodes whose agents are connected, by name. */
    List<String> tethered() {
        return tether.map(t -> List.copyOf(t.tethered())).orElse(List.of());
    }

    @Override
    public void tethered(String node) {
        routers.agentRuns(node, true);
        events.agentSeen(node, "it runs");
    }

    @Override
    public void untethered(String node) {
        routers.agentRuns(node, false);
        moves.untethered(node);
    }

    @Override
    public void ended(String node) {
        routers.peerLost(node);
        events.agentSeen(node, "it has ended");
    }

    @Override
    public void offered(String node, String text) {
        moves.offered(node, text);
    }

    @Override
    public void stated(String node, String text, boolean answer) {
        routers.stated(node, text, answer);
    }

    @Override
    public void asked(String node) {
        routers.asked(node);
    }

    @Override
    public void warned(String sentence) {
        events.warned(sentence);
    }

    /** Without the lock: the tether's thread, which ends here, may be about to tell what the plane makes of its news. */
    @Override
    public void close() {
        Optional<Tether> open;
        synchronized (this) {
            open = tether;
            tether = Optional.empty();
        }
        open.ifPresent(Tether::close);
    }
}
