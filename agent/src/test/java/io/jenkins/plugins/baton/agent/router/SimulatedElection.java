package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.linux.ethernet.Announcements;
import io.jenkins.plugins.baton.agent.linux.host.Clock;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netlink.AddressTable;
import io.jenkins.plugins.baton.agent.linux.netlink.AssignedAddress;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import io.jenkins.plugins.baton.agent.linux.vrrp.Datagram;
import io.jenkins.plugins.baton.agent.router.notice.MoveNotices;
import io.jenkins.plugins.baton.agent.router.segment.SimulatedHosts;
import io.jenkins.plugins.baton.agent.router.segment.Wire;
import io.jenkins.plugins.baton.agent.vrrp.Event;
import io.jenkins.plugins.baton.agent.vrrp.Peer;
import io.jenkins.plugins.baton.agent.vrrp.Settings;
import io.jenkins.plugins.baton.agent.vrrp.Statement;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.jmx.State;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What the real-time thread of an agent runs, its only virtual router and the watch over the hosts, in simulated time. */
public final class SimulatedElection {
    private final RouterContext context;
    private final SimulatedHosts hosts;
    private final Wire wire;
    private final Node self;
    private final RunningRouter router;

    /** What the agent's process is to this node. */
    public record Outside(
            Clock clock,
            AddressTable addresses,
            Announcements announcements,
            Wire wire,
            Consumer<InetAddress> hostQuestions,
            MoveNotices plane,
            RouterListener listener) {}

    public SimulatedElection(Outside outside, Cluster cluster, Node self) {
        this.wire = outside.wire();
        this.self = self;
        this.hosts = new SimulatedHosts(outside.hostQuestions(), outside.plane()::hostChanged);
        this.context = new RouterContext(
                outside.clock(),
                outside.addresses(),
                outside.announcements(),
                hosts.hosts(),
                outside.plane(),
                Runnable::run,
                outside.listener());
        VirtualRouter configuration = cluster.virtualRouters().get(0);
        hosts.hosts().watch(cluster, self, wire.place().interfaceName(), now());
        router = new RunningRouter(context, wire, configuration, Settings.of(cluster, self, configuration), false);
    }

    private long now() {
        return context.clock().nanoTimeAwake();
    }

    public void start() {
        try {
            readAddresses();
            watchHosts();
            router.start();
        } catch (LinuxException e) {
            throw new AssertionError("the simulated kernel refuses no question", e);
        }
        router.handle(new Event.Prepared(true));
    }

    private void readAddresses() throws LinuxException {
        context.local().are(context.addresses().addresses());
    }

    private void watchHosts() {
        Optional<Link> link = wire.link();
        if (link.isPresent()) {
            hosts.linkIs(link.get(), now());
        } else {
            hosts.hosts().linkIsGone();
        }
        hosts.hosts().ownIsHere(!context.local().at(self.address()).isEmpty(), now());
    }

    public void reload(Cluster cluster, Node nextSelf) {
        VirtualRouter next = cluster.virtualRouters().get(0);
        hosts.hosts().watch(cluster, nextSelf, wire.place().interfaceName(), now());
        router.reconfigure(next, Settings.of(cluster, nextSelf, next), false);
    }

    /** The interface or an address is not as it was. */
    public void networkChanged() {
        try {
            readAddresses();
        } catch (LinuxException e) {
            throw new AssertionError("the simulated kernel refuses no question", e);
        }
        watchHosts();
        router.networkChanged();
    }

    public void addressRemoved(AssignedAddress removed) {
        context.local().removed(removed);
        router.addressRemoved(removed);
    }

    public long deadline() {
        return Math.min(router.deadline(), hosts.hosts().deadline());
    }

    /** The rest of a turn of the thread, after the packets. */
    public void turn() {
        long now = context.clock().nanoTime();
        hosts.hosts().turn(now);
        router.tick(now);
    }

    public void answered(InetAddress address, MacAddress mac) {
        hosts.answered(address, mac);
    }

    /** A packet, sorted as the sockets' filters do: not from a node, or not from where that node is, is foreign. */
    public void receive(Datagram datagram, MacAddress from) {
        Optional<Peer> sender = router.settings().peers().stream()
                .filter(peer -> peer.address().equals(datagram.source()))
                .findFirst();
        Set<MacAddress> known =
                sender.map(peer -> context.hosts().macs(peer.name())).orElse(Set.of());
        if (sender.isEmpty() || (!known.isEmpty() && !known.contains(from))) {
            router.receiveForeign(datagram, from);
        } else {
            router.receive(datagram);
        }
    }

    public void claimed(InetAddress address, MacAddress mac) {
        router.claimed(address, mac);
    }

    public void handle(Event event) {
        router.handle(event);
    }

    public void peerLost(String node) {
        router.peer(node).ifPresent(peer -> router.handle(new Event.PeerLost(peer)));
    }

    public void agentRuns(String node, boolean runs) {
        if (runs) {
            context.agents().add(node);
        } else {
            context.agents().remove(node);
            router.unconnected(node);
        }
    }

    public void stated(String node, String text, boolean answer) {
        Statement statement = Statement.parse(text).get(router.configuration().name());
        router.peer(node).ifPresent(peer -> router.stated(peer, Optional.ofNullable(statement), answer));
    }

    public void asked(String node) {
        router.handle(new Event.Tick());
        context.statements().answer(node);
    }

    public void sendBy(PeerLinks links) {
        context.statements().sendBy(links);
    }

    public Optional<Peer> peer(String node) {
        return router.peer(node);
    }

    public State state() {
        return router.state();
    }

    public boolean isOver() {
        return router.isOver();
    }

    public Settings settings() {
        return router.settings();
    }

    public List<String> unreachableHosts() {
        return context.hosts().unreachable();
    }
}
