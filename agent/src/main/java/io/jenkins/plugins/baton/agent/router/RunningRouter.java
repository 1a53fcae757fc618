package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.linux.host.BootClock;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netlink.AssignedAddress;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import io.jenkins.plugins.baton.agent.linux.vrrp.Datagram;
import io.jenkins.plugins.baton.agent.vrrp.Action;
import io.jenkins.plugins.baton.agent.vrrp.Admission;
import io.jenkins.plugins.baton.agent.vrrp.AdmissionResult;
import io.jenkins.plugins.baton.agent.vrrp.DropReason;
import io.jenkins.plugins.baton.agent.vrrp.Event;
import io.jenkins.plugins.baton.agent.vrrp.Group;
import io.jenkins.plugins.baton.agent.vrrp.OperatorOverride;
import io.jenkins.plugins.baton.agent.vrrp.PacketVerifier;
import io.jenkins.plugins.baton.agent.vrrp.Peer;
import io.jenkins.plugins.baton.agent.vrrp.Router;
import io.jenkins.plugins.baton.agent.vrrp.Settings;
import io.jenkins.plugins.baton.agent.vrrp.StateMachine;
import io.jenkins.plugins.baton.agent.vrrp.Statement;
import io.jenkins.plugins.baton.agent.vrrp.Step;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.jmx.State;
import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * One virtual router on the real-time thread: feeds the state machine and does what it says. Only {@link #snapshot} may
 * be called by other threads.
 */
final class RunningRouter {
    private static final long RETRY_NANOS = 5_000_000_000L;

    /** How long it may take to find a node that has a new Ethernet address. */
    private static final long SETTLING_NANOS = 1_000_000_000L;

    private static final int MAX_FOREIGN_GROUPS = 16;

    private final RouterContext context;
    private final Segment segment;
    private final Addresses addresses;
    private final ActionExecutor executor;
    private final Counters counters = new Counters();
    private final Conflicts conflicts = new Conflicts();
    private final AddressDefence defence = new AddressDefence();
    /** Since when packets in a node's name come from these. */
    private final Map<MacAddress, Long> foreignGroups = new HashMap<>();

    private final Queue<Event> consequences = new ArrayDeque<>();
    private final PendingOperations pending;

    private VirtualRouter configuration;
    private Admission admission;
    private PacketVerifier verifier;
    private Transmitter transmitter;
    private Router router;
    private Event.Tracked tracked = new Event.Tracked(0, Optional.empty());
    private long retryAt = Long.MAX_VALUE;
    private Instant stateSince = Instant.now();
    private String stateReason = "not started";
    private MacAddress mac = MacAddress.NONE;
    private boolean hindered;
    private Optional<OperatorOverride> override = Optional.empty();
    private Instant overrideSince = Instant.now();
    private List<String> unheardMasters = List.of();
    private boolean changed;
    private volatile RouterSnapshot snapshot;

    RunningRouter(
            RouterContext context, Segment segment, VirtualRouter configuration, Settings settings, boolean secret) {
        this.context = context;
        this.segment = segment;
        this.pending = new PendingOperations(context.outbox());
        this.addresses = new Addresses(context.kernel().rtnetlink(), configuration.addresses());
        this.executor = new ActionExecutor(
                context, segment, configuration, addresses, counters, this::leaseFailed, this::brings);
        configure(configuration, settings, secret);
        this.router = Router.initial(settings, BootClock.nanoTime());
        this.snapshot = takeSnapshot();
    }

    RouterSnapshot snapshot() {
        return snapshot;
    }

    VirtualRouter configuration() {
        return configuration;
    }

    Segment segment() {
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
        verifier = verifier == null ? new PacketVerifier(settings, secret) : verifier.under(settings, secret);
        configuration = next;
        admission = new Admission(group, settings);
        transmitter = new Transmitter(segment, next.checksum(), group, settings);
        changed = true;
    }

    long deadline() {
        return Math.min(
                Math.min(router.deadline(), retryAt), Math.min(verifier.deadline(isMaster()), defence.deadline()));
    }

    private boolean isMaster() {
        return router.state() == State.MASTER;
    }

    void tick(long now) {
        if (now >= retryAt) {
            retryAt = Long.MAX_VALUE;
            handle(tracked);
        }
        if (now >= verifier.deadline(isMaster())) {
            follow(verifier.unanswered(now));
            verifier.questions(isMaster(), now).forEach(context.statements()::ask);
        }
        if (now >= router.deadline()) {
            handle(new Event.Tick());
        }
        if (now >= defence.deadline()) {
            defend(now);
        }
    }

    /** A peer's agent says of this router what it does; empty: it has none of this name. */
    void stated(Peer sender, Optional<Statement> statement, boolean answer) {
        changed = true;
        long now = BootClock.nanoTime();
        follow(
                statement.isPresent()
                        ? verifier.stated(sender, statement.get(), answer, now)
                        : verifier.lost(sender.name()));
        tellOfUnheardMasters();
    }

    /** Nothing is heard of a peer's agent any more. */
    void unconnected(String node) {
        changed = true;
        follow(verifier.lost(node));
        tellOfUnheardMasters();
    }

    private void follow(PacketVerifier.Outcome outcome) {
        outcome.contradicted().forEach(packet -> forged(sender(packet)));
        outcome.stale()
                .forEach(
                        packet -> counters.drop(DropReason.STALE, sender(packet).address()));
        outcome.believed().forEach(this::admit);
    }

    private void tellOfUnheardMasters() {
        List<String> before = unheardMasters;
        unheardMasters = verifier.unheardMasters();
        State state = router.state();
        tell(unheardMasters, before, true, state);
        tell(before, unheardMasters, false, state);
    }

    private void tell(List<String> nodes, List<String> others, boolean unheard, State state) {
        nodes.stream()
                .filter(node -> !others.contains(node))
                .forEach(node -> context.outbox()
                        .post(() -> context.listener().unheardMaster(configuration.name(), node, unheard, state)));
    }

    void receive(Datagram datagram) {
        AdmissionResult verdict =
                admission.examine(datagram.payload(), datagram.source(), datagram.destination(), datagram.hopLimit());
        changed = true;
        if (verdict instanceof AdmissionResult.Admitted admitted) {
            judge(admitted.event());
        } else if (verdict instanceof AdmissionResult.TakeoverOrderAdmitted override) {
            judge(override.event());
        } else {
            ignore(verdict, datagram.source(), Optional.empty());
        }
    }

    private void ignore(AdmissionResult verdict, InetAddress source, Optional<MacAddress> mac) {
        if (verdict instanceof AdmissionResult.Stranger stranger) {
            counters.drop(stranger.reason(), source);
            conflict(Conflict.Kind.VRRP, source, mac, stranger.advert().addresses());
        } else if (verdict instanceof AdmissionResult.Carp) {
            counters.drop(DropReason.CARP, source);
            conflict(Conflict.Kind.CARP, source, mac, List.of());
        } else if (verdict instanceof AdmissionResult.Dropped dropped) {
            counters.drop(dropped.reason(), source);
            if (dropped.reason() == DropReason.PRIORITY_OWNER) {
                conflict(Conflict.Kind.FORGERY, source, mac, List.of());
            }
        }
    }

    /** A packet that the kernel sorted out: not from a node, or from an Ethernet address that is not that node's. */
    void receiveForeign(Datagram datagram, MacAddress mac) {
        AdmissionResult verdict =
                admission.examine(datagram.payload(), datagram.source(), datagram.destination(), datagram.hopLimit());
        changed = true;
        Optional<MacAddress> from = Optional.of(mac);
        if (verdict instanceof AdmissionResult.Admitted admitted) {
            judgeForeign(admitted.event(), mac);
        } else if (verdict instanceof AdmissionResult.TakeoverOrderAdmitted override) {
            judgeForeign(override.event(), mac);
        } else {
            ignore(verdict, datagram.source(), from);
        }
    }

    /** A bond may send from another Ethernet address than it answers with: what the node's agent confirms is the node's. */
    private void judgeForeign(Event packet, MacAddress mac) {
        if (verifier.confirms(sender(packet), packet)) {
            judge(packet);
        } else {
            foreign(sender(packet), mac);
        }
    }

    /** A node that has a new Ethernet address is found by the question; a forger is still elsewhere after a moment. */
    private void foreign(Peer name, MacAddress mac) {
        long now = BootClock.nanoTime();
        counters.drop(DropReason.FOREIGN_MAC, name.address());
        context.hosts().askWhereIs(name.name(), now);
        if (foreignGroups.size() == MAX_FOREIGN_GROUPS) {
            foreignGroups.clear();
        }
        if (now - foreignGroups.computeIfAbsent(mac, m -> now) > SETTLING_NANOS) {
            conflict(Conflict.Kind.FORGERY, name.address(), Optional.of(mac), List.of());
        }
    }

    /** Somebody else on the segment says that this address is his. */
    void claimed(InetAddress address, MacAddress mac) {
        boolean ours = configuration.addresses().stream()
                .anyMatch(cidr -> cidr.address().equals(address));
        boolean node = router.settings().peers().stream()
                .anyMatch(peer -> context.hosts().macs(peer.name()).contains(mac));
        if (ours && defence.claimed(node, BootClock.nanoTime())) {
            changed = true;
            conflict(Conflict.Kind.ADDRESS, address, Optional.of(mac), List.of(address));
        }
    }

    private void defend(long now) {
        if (defence.answers(now)) {
            changed = true;
            executor.perform(new Action.Announce(1), transmitter);
        }
        if (defence.asks(now)) {
            executor.askForClaims();
        }
    }

    /** Compares a packet in a peer's name with what its agent says. */
    private void judge(Event packet) {
        Peer sender = sender(packet);
        switch (verifier.judge(sender, packet, BootClock.nanoTime())) {
            case TRUSTED -> {
                if (packet instanceof Event.Heard heard) {
                    context.hosts()
                            .heard(
                                    sender.name(),
                                    BootClock.nanoTime(),
                                    heard.advert().intervalNanos() * 3 / 2);
                    counters.advertsReceived++;
                    counters.lastAdvertAt = Optional.of(Instant.now());
                    tellOfUnheardMasters();
                }
                admit(packet);
            }
            case CONTRADICTED -> forged(sender);
            case PENDING -> {
                if (router.isHarmless(packet)) {
                    handle(packet);
                }
            }
        }
    }

    private void forged(Peer name) {
        counters.drop(DropReason.CONTRADICTED, name.address());
        conflict(Conflict.Kind.FORGERY, name.address(), Optional.empty(), List.of());
    }

    private void admit(Event packet) {
        boolean master = isMaster();
        handle(packet);
        if (packet instanceof Event.TakeoverOrdered && !master && !isMaster()) {
            counters.drop(DropReason.TAKEOVER_ORDER_REFUSED, sender(packet).address());
        }
    }

    private static Peer sender(Event packet) {
        if (packet instanceof Event.Heard heard) {
            return heard.sender();
        }
        return packet instanceof Event.TakeoverOrdered ordered
                ? ordered.sender()
                : ((Event.TakeoverRequested) packet).sender();
    }

    private void conflict(Conflict.Kind kind, InetAddress source, Optional<MacAddress> mac, List<InetAddress> named) {
        conflicts
                .add(kind, source, mac, configuration.virtualRouterId(), named, Instant.now())
                .ifPresent(c -> context.outbox().post(() -> context.listener().conflictSeen(configuration.name(), c)));
    }

    /** The interface, or an address of this machine, is not as it was. */
    void networkChanged() {
        if (router.state() == State.INITIALIZE) {
            return;
        }
        Optional<String> obstacle = obstacle();
        if (hindered && obstacle.isEmpty() && retryAt != Long.MAX_VALUE) {
            retryAt = BootClock.nanoTime(); // what could not be leased may well have been for want of this
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
    void handOver(Event override, CompletableFuture<Void> outcome) {
        pending.handover(outcome);
        handle(override);
    }

    /** Completes the future when the addresses are given away, or nobody took them and they are off. */
    void suspend(Event.Suspend override, CompletableFuture<Void> outcome) {
        pending.suspension(outcome);
        handle(override);
    }

    /** Steps the state machine, and again for what its actions bring about. */
    void handle(Event event) {
        for (Event next = event; next != null; next = consequences.poll()) {
            long now = BootClock.nanoTime();
            Step step = StateMachine.step(router, next, now);
            router = step.router();
            context.statements().set(configuration.name(), Statement.of(router));
            step.actions().forEach(action -> perform(action, now));
        }
        if (router.state() != State.MASTER || !router.suspended()) {
            pending.suspensionsEnded();
        }
    }

    private void perform(Action action, long decidedAt) {
        if (ActionExecutor.isOfMaster(action) && isNoMasterAnyMore(decidedAt)) {
            return;
        }
        changed = true;
        if (action instanceof Action.Became became) {
            became(became);
        } else if (action instanceof Action.Remained remained) {
            remained(remained);
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
        return !consequences.isEmpty() || BootClock.nanoTime() - decidedAt > router.safeSilenceNanos();
    }

    /** A MASTER without its addresses is worse than none: it leaves the election and tries again after a while. */
    private void leaseFailed(LinuxException e) {
        context.warn("virtual router " + configuration.name() + ": " + e.getMessage()
                + "; this node leaves the election and tries again in " + RETRY_NANOS / 1_000_000_000 + " s");
        retryAt = BootClock.nanoTime() + RETRY_NANOS;
        consequences.add(new Event.Tracked(tracked.adjustment(), Optional.of(e.getMessage())));
    }

    /** What was done brings this about. That sending works is no news to a router that was not in doubt of it. */
    private void brings(Event event) {
        if (!(event instanceof Event.SendingWorks) || router.state() == State.FAULT) {
            consequences.add(event);
        }
    }

    private void remained(Action.Remained remained) {
        stateReason = remained.reason();
        RouterSnapshot before = snapshot;
        RouterSnapshot after = takeSnapshot();
        snapshot = after;
        context.outbox().post(() -> context.listener().reasonChanged(before, after));
    }

    private void became(Action.Became became) {
        if (became.after() == State.MASTER) {
            executor.becameMaster();
        }
        counters.transitions++;
        if (became.after() == State.MASTER) {
            defence.becameMaster(BootClock.nanoTime());
        } else {
            defence.steppedDown();
        }
        stateSince = Instant.now();
        stateReason = became.reason();
        RouterSnapshot before = snapshot;
        RouterSnapshot after = takeSnapshot();
        snapshot = after;
        context.outbox().post(() -> context.listener().stateChanged(before, after));
    }

    /** Shows the world what changed since the last time. */
    void publish() {
        if (changed) {
            changed = false;
            snapshot = takeSnapshot();
        }
    }

    /** Why the state began; and in place of a reason that is past, the order that keeps the addresses elsewhere now. */
    private String reason() {
        Optional<OperatorOverride> now = OperatorOverride.of(router);
        if (!now.equals(override)) {
            override = now;
            overrideSince = Instant.now();
        }
        return override.map(standing -> standing.sentence(
                                overrideSince.truncatedTo(ChronoUnit.SECONDS).toString()) + " (" + stateReason + ")")
                .orElse(stateReason);
    }

    private RouterSnapshot takeSnapshot() {
        return new RouterSnapshot(
                configuration,
                segment.place().interfaceName(),
                router.state(),
                stateSince,
                reason(),
                router.settings().priority(),
                router.effectivePriority(),
                router.holderName(),
                counters.transitions,
                counters.advertsSent,
                counters.advertsReceived,
                counters.lastAdvertAt,
                counters.drops,
                counters.lastSenders,
                counters.announcementsSent,
                counters.addressesRestored,
                counters.sendErrors,
                router.suspended(),
                conflicts.list(Instant.now()),
                unheardMasters);
    }
}
