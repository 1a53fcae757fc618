package io.jenkins.plugins.baton.agent.simulation;

import io.jenkins.plugins.baton.agent.linux.libc.Errno;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netlink.AddressTable;
import io.jenkins.plugins.baton.agent.linux.netlink.AssignedAddress;
import io.jenkins.plugins.baton.agent.linux.netlink.Lifetime;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import io.jenkins.plugins.baton.agent.linux.vrrp.Datagram;
import io.jenkins.plugins.baton.agent.plane.kernel.SimulatedPlane;
import io.jenkins.plugins.baton.agent.router.segment.Segment;
import io.jenkins.plugins.baton.agent.router.segment.Wire;
import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.Node;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One host: its kernel, whose addresses and rules outlive the agent, and the agent's process. */
final class Machine implements AddressTable, Wire {
    private static final int UP_AND_RUNNING = 0x41;
    private static final int LOOPBACK = 1;
    private static final int ETH0 = 2;

    /** A host that is gone is asked every half second; then its agent speaks. */
    private static final long RETURN_GRACE = 2 * World.SECOND;

    final World world;
    final int index;
    final Node node;
    final MacAddress mac;
    private Optional<Agent> agent = Optional.empty();
    private SimulatedPlane.Rules rules = new SimulatedPlane.Rules();
    private boolean on = true;
    private boolean linkUp = true;
    private boolean numbered = true;
    private boolean stopped;
    /** When the lease of the VIP on the interface ends; zero: it is not there. */
    private long vipUntil;

    private long loopbackUntil;
    /** A firewall of this host drops its adverts. */
    boolean sendsNoAdverts;
    /** A firewall drops the adverts of others. */
    boolean hearsNoAdverts;
    /** A firewall drops the peer link. */
    boolean hasNoPeerLink;

    /** When a firewall came or went. */
    long firewallAt;

    boolean backendLives = true;
    /** Counts the restarts of the host: connections of an earlier one are gone. */
    int boots;

    private long lostAddressAt = -1;
    private long announcedAt = -1;
    private boolean present = true;
    private long awayAt = -1;
    private long backAt = -1;

    Machine(World world, int index, Node node) {
        this.world = world;
        this.index = index;
        this.node = node;
        this.mac = new MacAddress(0x0200_0000_0001L + index);
    }

    String name() {
        return node.name();
    }

    Optional<Agent> agent() {
        return agent;
    }

    boolean isAwake() {
        return agent.isPresent() && !agent.get().isPaused();
    }

    SimulatedPlane.Rules rules() {
        return rules;
    }

    /** Whether its kernel lives, and its interface carries frames. */
    boolean isOnLan() {
        return on && linkUp && !stopped;
    }

    boolean isOn() {
        return on;
    }

    boolean isStopped() {
        return stopped;
    }

    /** Whether it has its own address on an interface that works. */
    boolean isNumbered() {
        return on && linkUp && numbered;
    }

    /** Since when it has not; -1 while it has. */
    long lostAddressAt() {
        return lostAddressAt;
    }

    boolean hasVip() {
        return on && vipUntil > 0;
    }

    /** Whether it answers ARP for the VIP. */
    boolean answersForVip() {
        return isOnLan() && vipUntil > 0;
    }

    boolean isVipLocal() {
        return on && (vipUntil > 0 || loopbackUntil > 0);
    }

    void startAgent() {
        if (on && agent.isEmpty()) {
            world.cause(this, "its agent starts");
            Agent started = new Agent(this, world.cluster());
            agent = Optional.of(started);
            started.start();
        }
    }

    /** As by {@code kill -9}, or at the end of a stop; the kernel closes the peer links in order. */
    void endAgent(String how) {
        if (agent.isPresent()) {
            world.cause(this, "its agent " + how);
            Agent ended = agent.get();
            agent = Optional.empty();
            ended.ended();
            world.peerLinks.ended(this, isOnLan());
            world.clients.forEach(client -> client.agentEnded(this));
        }
    }

    void powerOff() {
        if (!on) {
            return;
        }
        world.cause(this, "loses its power");
        on = false;
        stopped = false;
        world.clients.forEach(client -> client.hostLost(this));
        if (agent.isPresent()) {
            Agent ended = agent.get();
            agent = Optional.empty();
            ended.ended();
            world.peerLinks.ended(this, false);
        }
        vipUntil = 0;
        loopbackUntil = 0;
        rules = new SimulatedPlane.Rules();
        addressState();
    }

    void powerOn() {
        if (!on) {
            world.cause(this, "boots");
            on = true;
            linkUp = true;
            numbered = true;
            boots++;
            backendLives = true;
            addressState();
            startAgent();
        }
    }

    /** The whole machine stands still, as a virtual one does while it is copied. */
    void stop() {
        world.cause(this, "stands still");
        stopped = true;
        addressState();
        world.clients.forEach(client -> client.hostLost(this));
        agent.ifPresent(Agent::pause);
    }

    void goOn() {
        if (stopped) {
            world.cause(this, "goes on");
            stopped = false;
            addressState();
            agent.ifPresent(Agent::wake);
        }
    }

    void link(boolean up) {
        if (on && linkUp != up) {
            world.cause(this, up ? "its interface has a carrier again" : "its interface loses the carrier");
            linkUp = up;
            if (!up) {
                world.clients.forEach(client -> client.hostLost(this));
            }
            addressState();
            agent.ifPresent(a -> a.later("network", a.election()::networkChanged));
        }
    }

    void number(boolean yes) {
        if (on && numbered != yes) {
            world.cause(this, yes ? "has its address again" : "loses its own address");
            numbered = yes;
            if (!yes) {
                world.clients.forEach(client -> client.hostLost(this));
            }
            addressState();
            agent.ifPresent(a -> a.later("network", a.election()::networkChanged));
        }
    }

    /** Whether it came back to the segment a moment ago: others may not have heard so yet. */
    boolean isJustBack() {
        return backAt >= 0 && world.now() - backAt < RETURN_GRACE;
    }

    /** Whether it was away from the segment, or had no address, when the other one came back. */
    boolean missedReturnOf(Machine other) {
        return other.backAt >= 0
                && awayAt >= 0
                && other.backAt >= awayAt
                && (backAt < awayAt || other.backAt <= backAt);
    }

    private void addressState() {
        boolean here = isOnLan() && numbered;
        if (here != present) {
            present = here;
            awayAt = here ? awayAt : world.now();
            backAt = here ? world.now() : backAt;
        }
        lostAddressAt = isNumbered() ? -1 : lostAddressAt < 0 ? world.now() : lostAddressAt;
    }

    // The kernel's table of addresses.

    @Override
    public List<AssignedAddress> addresses() {
        List<AssignedAddress> all = new ArrayList<>();
        if (numbered) {
            all.add(new AssignedAddress(ETH0, new Cidr(node.address(), 24), 0, 0, Lifetime.FOREVER));
        }
        if (vipUntil > 0) {
            all.add(assigned());
        }
        return all;
    }

    private AssignedAddress assigned() {
        return new AssignedAddress(ETH0, Cidr.alone(vip()), 0, 0, new Lifetime(2, 2));
    }

    private InetAddress vip() {
        return world.cluster().virtualRouters().get(0).addresses().get(0).address();
    }

    @Override
    public void replaceAddress(Link link, Cidr address, Lifetime lifetime) {
        long until = world.now() + lifetime.validSeconds() * World.SECOND + world.between(0, World.SECOND);
        if (link.index() == LOOPBACK) {
            loopbackUntil = until;
            world.in(until - world.now(), () -> loopbackUntil = loopbackUntil == until ? 0 : loopbackUntil);
            return;
        }
        if (vipUntil == 0) {
            world.note(this, "has the VIP");
            agent.ifPresent(a -> world.invariants.takes(this, a));
        }
        vipUntil = until;
        world.in(until - world.now(), () -> expire(until));
    }

    private void expire(long until) {
        if (vipUntil == until) {
            world.invariants.leaseExpired(this);
            world.note(this, "the lease of the VIP is over");
            loseVip();
        }
    }

    /** Somebody, or the kernel, takes the VIP off. */
    void loseVip() {
        if (vipUntil > 0) {
            AssignedAddress removed = assigned();
            vipUntil = 0;
            agent.ifPresent(a -> a.later("address", () -> a.election().addressRemoved(removed)));
        }
    }

    @Override
    public boolean removeAddress(Link link, Cidr address) {
        if (link.index() == LOOPBACK) {
            loopbackUntil = 0;
            return true;
        }
        boolean there = vipUntil > 0;
        if (there) {
            world.note(this, "takes the VIP off");
            AssignedAddress removed = assigned();
            vipUntil = 0;
            agent.ifPresent(a -> a.later("address", () -> a.election().addressRemoved(removed)));
        }
        return there;
    }

    @Override
    public void removeAddressAlone(Link link, Cidr address) {
        removeAddress(link, address);
    }

    // Its interface.

    @Override
    public Segment.Place place() {
        return new Segment.Place("eth0", false);
    }

    @Override
    public Optional<Link> link() {
        return Optional.of(new Link(ETH0, "eth0", mac, 1, linkUp ? UP_AND_RUNNING : 1, Link.OperState.UP, 1500));
    }

    static Link loopback() {
        return new Link(LOOPBACK, "lo", MacAddress.NONE, 772, 0x49, Link.OperState.UNKNOWN, 65536);
    }

    @Override
    public Optional<String> obstacle() {
        return linkUp ? Optional.empty() : Optional.of("eth0 has no carrier");
    }

    @Override
    public void send(ByteBuffer packet, InetAddress source, InetAddress destination) throws LinuxException {
        if (sendsNoAdverts) {
            throw new LinuxException("send a VRRP packet on eth0", Errno.EPERM);
        }
        ByteBuffer octets =
                ByteBuffer.allocate(packet.remaining()).put(packet.duplicate()).flip();
        for (Machine to : world.machines) {
            boolean meant = destination.isMulticastAddress() || destination.equals(to.node.address());
            if (to != this && meant) {
                world.lan.send(
                        this, to, () -> to.hear(new Datagram(octets.duplicate(), source, destination, 255), mac));
            }
        }
    }

    /** A VRRP packet arrives. */
    void hear(Datagram datagram, MacAddress from) {
        if (!hearsNoAdverts) {
            agent.ifPresent(a -> a.now(() -> a.election().receive(datagram, from)));
        }
    }

    @Override
    public void askForClaims(InetAddress address) {
        for (Machine other : world.machines) {
            if (other != this) {
                world.lan.send(this, other, () -> {
                    if (other.answersForVip()) {
                        world.lan.send(other, this, () -> claimed(address, other.mac));
                    }
                });
            }
        }
    }

    void claimed(InetAddress address, MacAddress by) {
        agent.ifPresent(a -> a.now(() -> a.election().claimed(address, by)));
    }

    /** Gratuitous ARP for the VIP. */
    void announce(InetAddress address) {
        if (announcedAt != world.now()) {
            announcedAt = world.now();
            world.note(this, "tells the neighbours that the VIP is here");
        }
        for (Client client : world.clients) {
            world.lan.send(this, client, () -> client.learn(this));
        }
        for (Machine other : world.machines) {
            if (other != this) {
                world.lan.send(this, other, () -> other.claimed(address, mac));
            }
        }
    }

    /** A question for the host that has an address: its kernel answers. */
    void askWhoHas(InetAddress address) {
        for (Machine other : world.machines) {
            if (other != this && other.node.address().equals(address)) {
                world.lan.send(this, other, () -> {
                    if (other.isNumbered()) {
                        world.lan.send(
                                other,
                                this,
                                () -> agent.ifPresent(
                                        a -> a.now(() -> a.election().answered(address, other.mac))));
                    }
                });
            }
        }
    }

    @Override
    public String toString() {
        return node.name();
    }
}
