package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.agent.management.jmx.Events;
import io.jenkins.plugins.baton.agent.peerlink.PeerConnections;
import io.jenkins.plugins.baton.agent.peerlink.PeerLinkListener;
import io.jenkins.plugins.baton.agent.router.PeerLinks;
import io.jenkins.plugins.baton.agent.router.VirtualRouters;
import io.jenkins.plugins.baton.agent.secret.GroupSecret;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Node;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** The peer links to the agents of the other nodes, where the cluster file has one, and who is told what it tells. */
final class PeerAgents implements PeerLinkListener, PeerLinks, AutoCloseable {
    private final VirtualRouters routers;
    private final Events events;
    private final VipMoves moves;
    private volatile Optional<PeerConnections> connections = Optional.empty();
    private String capabilities = "";
    private volatile String state = "";

    PeerAgents(VirtualRouters routers, Events events, VipMoves moves) {
        this.routers = routers;
        this.events = events;
        this.moves = moves;
    }

    /** Watches the nodes of this file. Without a peer link the election goes by adverts. */
    synchronized void apply(Cluster cluster, Node self, GroupSecret secret) {
        List<PeerConnections.Peer> peers = cluster.peerLink()
                .map(t -> cluster.nodes().stream()
                        .filter(node -> !node.name().equals(self.name()))
                        .map(node -> new PeerConnections.Peer(node.name(), end(self, t.port()), end(node, t.port())))
                        .toList())
                .orElse(List.of());
        if (connections.isPresent()) {
            connections.get().secret(secret);
            connections.get().watch(peers);
        } else if (!peers.isEmpty()) {
            try {
                connections = Optional.of(PeerConnections.start(self.name(), peers, secret, capabilities, this));
                connections.get().state(state);
            } catch (IllegalStateException e) {
                events.warned("The agents of other nodes are not watched: " + e.getMessage());
            }
        }
    }

    private static InetSocketAddress end(Node node, int port) {
        return new InetSocketAddress(node.address(), port);
    }

    /** Tells the other agents what this node does for them. */
    synchronized void advertise(String text) {
        capabilities = text;
        connections.ifPresent(t -> t.advertise(text));
    }

    /** Not under the lock: the real-time thread calls it. */
    @Override
    public void state(String statements) {
        state = statements;
        connections.ifPresent(t -> t.state(statements));
    }

    @Override
    public void ask(String node) {
        connections.ifPresent(t -> t.ask(node));
    }

    @Override
    public void answer(String node, String statements) {
        connections.ifPresent(t -> t.answer(node, statements));
    }

    /** The nodes whose agents are connected, by name. */
    List<String> connectedPeers() {
        return connections.map(t -> List.copyOf(t.connectedPeers())).orElse(List.of());
    }

    @Override
    public void connected(String node) {
        routers.agentRuns(node, true);
        events.agentSeen(node, "it runs");
    }

    @Override
    public void disconnected(String node) {
        routers.agentRuns(node, false);
        moves.disconnected(node);
    }

    @Override
    public void ended(String node) {
        routers.peerLost(node);
        events.agentSeen(node, "it has ended");
    }

    @Override
    public void advertised(String node, String text) {
        moves.advertised(node, text);
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

    /** Without the lock: the peer link's thread, which ends here, may be about to tell what the plane makes of its news. */
    @Override
    public void close() {
        Optional<PeerConnections> open;
        synchronized (this) {
            open = connections;
            connections = Optional.empty();
        }
        open.ifPresent(PeerConnections::close);
    }
}
