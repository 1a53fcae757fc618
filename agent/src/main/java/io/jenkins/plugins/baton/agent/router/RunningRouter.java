package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netlink.AssignedAddress;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import io.jenkins.plugins.baton.agent.linux.vrrp.Datagram;
import io.jenkins.plugins.baton.agent.router.address.AddressDefence;
import io.jenkins.plugins.baton.agent.router.address.Addresses;
import io.jenkins.plugins.baton.agent.router.segment.Wire;
import io.jenkins.plugins.baton.agent.vrrp.Action;
import io.jenkins.plugins.baton.agent.vrrp.Event;
import io.jenkins.plugins.baton.agent.vrrp.Peer;
import io.jenkins.plugins.baton.agent.vrrp.Router;
import io.jenkins.plugins.baton.agent.vrrp.Settings;
import io.jenkins.plugins.baton.agent.vrrp.StateMachine;
import io.jenkins.plugins.baton.agent.vrrp.Statement;
import io.jenkins.plugins.baton.agent.vrrp.Step;
import io.jenkins.plugins.baton.agent.vrrp.packet.Group;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.jmx.State;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * One virtual router on the real-time thread: feeds the state machine and does what it says. Only {@link #snapshot} may
 * be called by other threads.
 */
final class RunningRouter implements Election {
    private static final long RETRY_NANOS = 5_000_000_000L;

    private final RouterContext context;
    private final Wire segment;
    private final Addresses addresses;
    private final ActionExecutor executor;
    private final Counters counters = new Counters();
    private final AddressDefence defence = new AddressDefence();
    private final Queue<Event> consequences = new ArrayDeque<>();
    private final PendingOperations pending;
    private final ConflictReporter conflicts;
    private final PeerWitness witness;
    private final PacketReception reception;
    private final RouterStatus status;

    private VirtualRouter configuration;
    private Transmitter transmitter;
    private Router router;
    /** What the agents were told last; null: nothing. */
    private Statement stated;

    private Event.Tracked tracked = new Event.Tracked(0, Optional.empty());
    private long retryAt = Long.MAX_VALUE;
    private MacAddress mac = MacAddress.NONE;
    private boolean hindered;

    RunningRouter(RouterContext context, Wire segment, VirtualRouter configuration, Settings settings, boolean secret) {
        this.context = context;
        this.segment = segment;
        this.pending = new PendingOperations(context.outbox());
        this.conflicts = new ConflictReporter(context);
        this.witness = new PeerWitness(context, counters, conflicts, this);
        this.reception = new PacketReception(context, counters, conflicts, witness);
        this.status = new RouterStatus(context, segment, counters, conflicts, witness);
        this.addresses = new Addresses(context.addresses(), configuration.addresses());
        this.executor = new ActionExecutor(
                context, segment, configuration, addresses, counters, this::leaseFailed, this::brings);
        configure(configuration, settings, secret);
        this.router = Router.initial(settings, context.clock().nanoTime());
        status.show(router);
    }

    RouterSnapshot snapshot() {
        return status.snapshot();
    }

    VirtualRouter configuration() {
        return configuration;
    }

    Wire segment() {
        return segment;
    }

    Optional<Peer> peer(String node) {
        return router.settings().peers().stream()
                .filter(p -> p.name().equals(node))
                .findFirst();
    }

    Settings settings() {
        return router.settings();
    }

    boolean isOver() {
        return router.isOver();
    }

    long stalls() {
        return counters.stalls;
    }

    void start() throws LinuxException {
        Optional<Link> link = segment.link();
        boolean leftover = link.isPresent() && addresses.adopt(link.get());
        mac = mac();
        handle(new Event.Started(obstacle(), leftover));
    }

    void reconfigure(VirtualRouter next, Settings settings, boolean secret) {
        configure(next, settings, secret);
        handle(new Event.Reconfigured(settings));
        networkChanged();
    }

    private void configure(VirtualRouter next, Settings settings, boolean secret) {
        Group group = Group.of(next);
        configuration = next;
        witness.configure(next.name(), settings, secret);
        reception.configure(group, settings);
        conflicts.configure(next);
        transmitter = new Transmitter(segment, next.checksum(), group, settings);
        status.configure(next);
    }

    long deadline() {
        return Math.min(Math.min(router.deadline(), retryAt), Math.min(witness.deadline(), defence.deadline()));
    }

    @Override
    public State state() {
        return router.state();
    }

    @Override
    public boolean isHarmless(Event packet) {
        return router.isHarmless(packet);
    }

    void tick(long now) {
        if (now >= retryAt) {
            retryAt = Long.MAX_VALUE;
            handle(tracked);
        }
        witness.tick(now);
        if (now >= router.deadline()) {
            handle(new Event.Tick());
        }
        if (now >= defence.deadline()) {
            defend(now);
        }
    }

    /** As for {@link PeerWitness#stated}. */
    void stated(Peer sender, Optional<Statement> statement, boolean answer) {
        status.changed();
        witness.stated(sender, statement, answer);
    }

    /** Nothing is heard of a peer's agent any more. */
    void unconnected(String node) {
        status.changed();
        witness.unconnected(node);
    }

    void receive(Datagram datagram) {
        status.changed();
        reception.receive(datagram);
    }

    /** As for {@link PacketReception#receiveForeign}. */
    void receiveForeign(Datagram datagram, MacAddress from) {
        status.changed();
        reception.receiveForeign(datagram, from);
    }

    /** Somebody else on the segment says that this address is his. */
    void claimed(InetAddress address, MacAddress mac) {
        boolean ours = configuration.addresses().stream()
                .anyMatch(cidr -> cidr.address().equals(address));
        boolean node = router.settings().peers().stream()
                .anyMatch(peer -> context.hosts().macs(peer.name()).contains(mac));
        if (ours && defence.claimed(node, context.clock().nanoTimeAwake())) {
            status.changed();
            conflicts.report(Conflict.Kind.ADDRESS, address, Optional.of(mac), List.of(address));
        }
    }

    private void defend(long now) {
        if (defence.answers(now)) {
            status.changed();
            executor.perform(new Action.Announce(1), transmitter);
        }
        if (defence.asks(now)) {
            executor.askForClaims();
        }
    }

    /** The interface, or an address of this machine, is not as it was. */
    void networkChanged() {
        if (router.state() == State.INITIALIZE) {
            return;
        }
        Optional<String> obstacle = obstacle();
        if (hindered && obstacle.isEmpty() && retryAt != Long.MAX_VALUE) {
            retryAt = context.clock().nanoTimeAwake(); // what could not be leased may well have been for want of this
        }
        hindered = obstacle.isPresent();
        handle(new Event.NetworkChanged(obstacle));
        MacAddress before = mac;
        mac = mac();
        if (router.state() == State.MASTER && !mac.equals(before)) {
            handle(new Event.EthernetAddressChanged());
        }
    }

    /** Whether adverts come from this address. */
    boolean speaksFrom(InetAddress address) {
        return router.settings().address().equals(address);
    }

    /** Why this node cannot be heard here. */
    private Optional<String> obstacle() {
        return segment.obstacle()
                .or(() -> context.local()
                        .obstacle(router.settings().address(), segment.link().orElseThrow(), addresses.vips()));
    }

    private MacAddress mac() {
        return segment.link().map(Link::mac).orElse(MacAddress.NONE);
    }

    void addressRemoved(AssignedAddress removed) {
        if (addresses.isLoss(removed) && router.state() == State.MASTER) {
            restore();
        }
    }

    void eventsLost() throws LinuxException {
        networkChanged();
        Optional<Link> link = segment.link();
        if (link.isPresent() && addresses.isAnyMissing(link.get()) && router.state() == State.MASTER) {
            restore();
        }
    }

    private void restore() {
        handle(new Event.AddressLost());
        if (router.state() == State.MASTER) {
            counters.addressesRestored++;
        }
    }

    void track(Event.Tracked verdict) {
        tracked = verdict;
        if (retryAt == Long.MAX_VALUE) {
            handle(verdict);
        }
    }

    /** Completes the future when the handover has ended, well or not. */
    void handOver(Event order, CompletableFuture<Void> outcome) {
        pending.handover(outcome);
        handle(order);
    }

    /** Completes the future when the addresses are given away, or nobody took them and they are off. */
    void suspend(Event.Suspend order, CompletableFuture<Void> outcome) {
        pending.suspension(outcome);
        handle(order);
    }

    /** Steps the state machine, and again for what its actions bring about. */
    @Override
    public void handle(Event event) {
        for (Event next = event; next != null; next = consequences.poll()) {
            long now = context.clock().nanoTimeAwake();
            Step step = StateMachine.step(router, next, now);
            router = step.router();
            tellAgents();
            for (Action action : step.actions()) {
                perform(action, now);
            }
        }
        if (router.state() != State.MASTER || !router.suspended()) {
            pending.suspensionsEnded();
        }
    }

    private void tellAgents() {
        Statement now = Statement.of(router);
        if (!now.equals(stated)) {
            stated = now;
            context.statements().set(configuration.name(), now);
        }
    }

    private void perform(Action action, long decidedAt) {
        if (ActionExecutor.isOfMaster(action) && isNoMasterAnyMore(decidedAt)) {
            return;
        }
        status.changed();
        if (action instanceof Action.Became became) {
            became(became);
        } else if (action instanceof Action.Remained remained) {
            status.remained(remained, router);
        } else if (action instanceof Action.Stalled) {
            counters.stalls++;
        } else if (action instanceof Action.HandoverEnded ended) {
            pending.handoverEnded(ended);
        } else if (action instanceof Action.HandoverRefused refused) {
            pending.handoverRefused(refused);
        } else {
            executor.perform(action, transmitter);
        }
    }

    /**
     * Between deciding and doing this process was put to sleep, or the addresses could not be put on the interface: an
     * advert would depose a holder that serves.
     */
    private boolean isNoMasterAnyMore(long decidedAt) {
        return !consequences.isEmpty() || context.clock().nanoTime() - decidedAt > router.safeSilenceNanos();
    }

    /** A MASTER without its addresses is worse than none: it leaves the election and tries again after a while. */
    private void leaseFailed(LinuxException e) {
        context.warn("virtual router " + configuration.name() + ": " + e.getMessage()
                + "; this node leaves the election and tries again in " + RETRY_NANOS / 1_000_000_000 + " s");
        retryAt = context.clock().nanoTimeAwake() + RETRY_NANOS;
        consequences.add(new Event.Tracked(tracked.adjustment(), Optional.of(e.getMessage())));
    }

    /** What was done brings this about. That sending works is no news to a router that was not in doubt of it. */
    private void brings(Event event) {
        if (!(event instanceof Event.SendingWorks) || router.state() == State.FAULT) {
            consequences.add(event);
        }
    }

    private void became(Action.Became became) {
        if (became.after() == State.MASTER) {
            executor.becameMaster();
        }
        counters.transitions++;
        if (became.after() == State.MASTER) {
            defence.becameMaster(context.clock().nanoTimeAwake());
        } else {
            defence.steppedDown();
        }
        status.became(became, router);
    }

    /** As {@link RouterStatus#publish(Router, long)}. */
    void publish(long now) {
        status.publish(router, now);
    }

    /** Shows the world what changed since the last time. */
    void publish() {
        status.publish(router);
    }
}
