package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.linux.ethernet.NeighbourProbe;
import io.jenkins.plugins.baton.agent.linux.host.BootClock;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netlink.AssignedAddress;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import io.jenkins.plugins.baton.agent.linux.netlink.Rtnetlink;
import io.jenkins.plugins.baton.agent.linux.vrrp.Datagram;
import io.jenkins.plugins.baton.agent.linux.vrrp.StrangerSocket;
import io.jenkins.plugins.baton.agent.linux.vrrp.VrrpSenders;
import io.jenkins.plugins.baton.agent.router.segment.Segment;
import io.jenkins.plugins.baton.agent.router.segment.Segments;
import io.jenkins.plugins.baton.agent.vrrp.Event;
import io.jenkins.plugins.baton.agent.vrrp.Settings;
import io.jenkins.plugins.baton.agent.vrrp.Statement;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The virtual routers that run on the real-time thread. Any thread may call {@link #snapshots}. */
final class RouterSet implements Segment.Receiver {
    private static final long SECOND = 1_000_000_000L;

    /**
     * What a router that begins is told first.
     *
     * @param prepared whether this node could serve clients now
     * @param asideFor why it stands aside; empty: it does not
     */
    record Bearing(boolean prepared, Optional<String> asideFor) {}

    private final RouterContext context;
    private final Rtnetlink rtnetlink;
    private final Segments segments;
    private final Map<String, RunningRouter> routers = new LinkedHashMap<>();
    /** The same ones; another list when others run. */
    private List<RunningRouter> all = List.of();

    /** Of those that run no more: the sum is not to fall. */
    private long earlierStalls;

    private volatile List<RunningRouter> published = List.of();
    private Cluster cluster;
    private Node self;

    RouterSet(RouterContext context, Rtnetlink rtnetlink, Segments segments) {
        this.context = context;
        this.rtnetlink = rtnetlink;
        this.segments = segments;
    }

    /** In the order of the cluster file. */
    List<RouterSnapshot> snapshots() {
        List<RouterSnapshot> snapshots = new ArrayList<>();
        for (RunningRouter router : published) {
            snapshots.add(router.snapshot());
        }
        return snapshots;
    }

    /** Empty when there is no router of that name. */
    Optional<RunningRouter> router(String name) {
        return Optional.ofNullable(routers.get(name));
    }

    List<RunningRouter> on(Segment segment) {
        return routers.values().stream().filter(r -> r.segment() == segment).toList();
    }

    /** When the first of them wants to act by itself. */
    long deadline() {
        long first = Long.MAX_VALUE;
        for (RunningRouter router : all) {
            first = Math.min(first, router.deadline());
        }
        return first;
    }

    /**
     * @param shown whether more has happened than packets: then somebody may look for it
     * @return how often one of them acted on a wake-up that was too late
     */
    long tick(long now, boolean shown) {
        long stalls = earlierStalls;
        for (RunningRouter router : all) {
            router.tick(now);
            if (shown) {
                router.publish();
            } else {
                router.publish(now);
            }
            stalls += router.stalls();
        }
        return stalls;
    }

    @Override
    public void heard(Segment segment, Datagram datagram) {
        for (RunningRouter router : all) {
            if (router.segment() == segment) {
                router.receive(datagram);
            }
        }
    }

    @Override
    public void heardStranger(Segment segment, StrangerSocket.Packet packet) {
        on(segment).forEach(router -> router.receiveForeign(packet.datagram(), packet.mac()));
    }

    @Override
    public void claimed(Segment segment, NeighbourProbe.Answer claim) {
        on(segment).forEach(router -> router.claimed(claim.address(), claim.mac()));
    }

    /** What they want to hear: from their nodes, from where these are. Agents have no virtual MAC, other software may. */
    void expect() {
        for (Segment segment : segments.all()) {
            Set<Integer> ids = new HashSet<>();
            Map<InetAddress, Set<MacAddress>> senders = new HashMap<>();
            Set<InetAddress> addresses = new HashSet<>();
            long perSecond = 0;
            for (RunningRouter router : on(segment)) {
                ids.add(router.configuration().virtualRouterId());
                router.configuration().addresses().forEach(cidr -> addresses.add(cidr.address()));
                perSecond += 3 * SECOND / Math.max(1, router.settings().intervalNanos());
            }
            on(segment).stream()
                    .flatMap(router -> router.settings().peers().stream())
                    .forEach(peer ->
                            senders.computeIfAbsent(peer.address(), address -> macs(segment, peer.name(), ids)));
            segments.expect(segment, new Segment.Interest(new VrrpSenders(ids, senders), (int) perSecond, addresses));
        }
    }

    private Set<MacAddress> macs(Segment segment, String node, Set<Integer> ids) {
        boolean sameLink = segment.link()
                .filter(l -> l.isEthernet() && context.hosts().isOn(l.index()))
                .isPresent();
        Set<MacAddress> known = sameLink ? context.hosts().macs(node) : Set.of();
        if (known.isEmpty() || context.agents().contains(node)) {
            return known;
        }
        Set<MacAddress> all = new HashSet<>(known);
        ids.forEach(id -> all.add(MacAddress.ofVirtualRouter(id, segment.place().ipv6())));
        return all;
    }

    void handle(Event event) {
        routers.values().forEach(router -> router.handle(event));
    }

    /** Reads anew what the kernel's events tell: some of them were lost. */
    void eventsLost() throws LinuxException {
        readAddresses();
        for (RunningRouter router : routers.values()) {
            router.eventsLost();
        }
        watchHosts();
    }

    private void readAddresses() throws LinuxException {
        context.local().are(context.addresses().addresses());
    }

    void peerLost(String node) {
        for (RunningRouter router : routers.values()) {
            router.peer(node).ifPresent(p -> router.handle(new Event.PeerLost(p)));
        }
    }

    /** A peer's agent speaks of its routers. */
    void stated(String node, Map<String, Statement> byRouter, boolean answer) {
        for (RunningRouter router : routers.values()) {
            Optional<Statement> statement =
                    Optional.ofNullable(byRouter.get(router.configuration().name()));
            router.peer(node).ifPresent(peer -> router.stated(peer, statement, answer));
        }
    }

    /** Nothing is heard of a peer's agent any more. */
    void unconnected(String node) {
        routers.values().forEach(router -> router.unconnected(node));
    }

    /** Makes the running routers those of the cluster file. */
    void load(Cluster cluster, Node self, Bearing bearing) throws LinuxException {
        readAddresses();
        if (cluster.peerLink().isEmpty()) { // nobody can say that it runs an agent; the file says that all do
            cluster.nodes().forEach(node -> context.agents().add(node.name()));
        }
        Map<String, VirtualRouter> wanted = new LinkedHashMap<>();
        cluster.virtualRouters().forEach(v -> wanted.put(v.name(), v));
        for (RunningRouter router : List.copyOf(routers.values())) {
            VirtualRouter next = wanted.get(router.configuration().name());
            if (next == null || !isSame(router, next, self)) {
                router.handle(
                        new Event.Stopped(next == null ? "no longer in the cluster file" : "its identity changed"));
                router.publish();
                earlierStalls += router.stalls();
                routers.remove(router.configuration().name());
                all = List.copyOf(routers.values());
                context.statements().remove(router.configuration().name());
            }
        }
        for (VirtualRouter configuration : wanted.values()) {
            Settings settings = Settings.of(cluster, self, configuration);
            RunningRouter running = routers.get(configuration.name());
            if (running != null) {
                running.reconfigure(configuration, settings, cluster.secret().isPresent());
                running.publish();
            } else {
                start(configuration, settings, self, bearing, cluster.secret().isPresent());
            }
        }
        segments.close(segment -> on(segment).isEmpty());
        published = wanted.keySet().stream().map(routers::get).toList();
        this.cluster = cluster;
        this.self = self;
        watchHosts();
        expect();
    }

    void addressAdded(AssignedAddress added) throws LinuxException {
        context.local().added(added);
        addressChanged(added.address().address());
    }

    void addressRemoved(AssignedAddress removed) throws LinuxException {
        context.local().removed(removed);
        addressChanged(removed.address().address());
        routers.values().forEach(router -> router.addressRemoved(removed));
    }

    /** The node's own address may come after the agent, and to another interface than was supposed. */
    private void addressChanged(InetAddress address) throws LinuxException {
        routers.values().stream().filter(r -> r.speaksFrom(address)).forEach(RunningRouter::networkChanged);
        if (self != null && address.equals(self.address())) {
            watchHosts();
        }
    }

    private void watchHosts() throws LinuxException {
        if (self != null) {
            context.hosts().watch(cluster, self, interfaceOf(self, cluster), BootClock.nanoTimeAwake());
            context.hosts().ownIsHere(!context.local().at(self.address()).isEmpty(), BootClock.nanoTimeAwake());
            segments.lookUpHosts();
        }
    }

    private void start(VirtualRouter configuration, Settings settings, Node self, Bearing bearing, boolean secret)
            throws LinuxException {
        Segment segment = segments.at(new Segment.Place(configuration.interfaceOn(self), configuration.isIpv6()));
        RunningRouter router = new RunningRouter(context, segment, configuration, settings, secret);
        routers.put(configuration.name(), router);
        all = List.copyOf(routers.values());
        router.start();
        router.handle(new Event.Prepared(bearing.prepared()));
        bearing.asideFor().ifPresent(why -> router.handle(new Event.Suspend(why)));
    }

    /** Whether the addresses may stay where they are while the router changes to this configuration. */
    private static boolean isSame(RunningRouter router, VirtualRouter next, Node self) {
        VirtualRouter present = router.configuration();
        return present.virtualRouterId() == next.virtualRouterId()
                && present.version() == next.version()
                && present.addresses().equals(next.addresses())
                && present.unicast() == next.unicast()
                && router.segment().place().interfaceName().equals(next.interfaceOn(self));
    }

    /** The interface that has the node's own address; as long as none has, the first router's. */
    private String interfaceOf(Node self, Cluster cluster) throws LinuxException {
        InetAddress own = self.address();
        Optional<AssignedAddress> assigned = context.local().at(own).stream().findFirst();
        Stream<Link> links = rtnetlink.links().stream();
        return assigned.flatMap(
                        a -> links.filter(l -> l.index() == a.linkIndex()).findFirst())
                .map(Link::name)
                .or(() -> cluster.virtualRouters().stream()
                        .map(r -> r.interfaceOn(self))
                        .findFirst())
                .orElse("");
    }

    boolean areOver() {
        return routers.values().stream().allMatch(RunningRouter::isOver);
    }

    /** Ends them at once. */
    void end(String reason) {
        for (RunningRouter router : routers.values()) {
            try {
                router.handle(new Event.Stopped(reason));
                router.publish();
            } catch (RuntimeException e) { // what ended the thread may do so again; the others still send priority 0
                context.warn("virtual router " + router.configuration().name() + " could not be stopped cleanly (" + e
                        + "); the kernel removes its addresses within 3 s");
            }
        }
    }
}
