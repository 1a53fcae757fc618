package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.linux.AssignedAddress;
import io.jenkins.plugins.baton.agent.linux.BootClock;
import io.jenkins.plugins.baton.agent.linux.Datagram;
import io.jenkins.plugins.baton.agent.linux.Link;
import io.jenkins.plugins.baton.agent.linux.LinuxException;
import io.jenkins.plugins.baton.agent.linux.MacAddress;
import io.jenkins.plugins.baton.agent.vrrp.Action;
import io.jenkins.plugins.baton.agent.vrrp.Admission;
import io.jenkins.plugins.baton.agent.vrrp.DropReason;
import io.jenkins.plugins.baton.agent.vrrp.Event;
import io.jenkins.plugins.baton.agent.vrrp.Group;
import io.jenkins.plugins.baton.agent.vrrp.Peer;
import io.jenkins.plugins.baton.agent.vrrp.Router;
import io.jenkins.plugins.baton.agent.vrrp.Settings;
import io.jenkins.plugins.baton.agent.vrrp.StandingOrder;
import io.jenkins.plugins.baton.agent.vrrp.State;
import io.jenkins.plugins.baton.agent.vrrp.StateMachine;
import io.jenkins.plugins.baton.agent.vrrp.Step;
import io.jenkins.plugins.baton.agent.vrrp.Verdict;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * One virtual router on the real-time thread: feeds the state machine and does what it says. Only {@link #snapshot} may
 * be called by other threads.
 */
final class RunningRouter {
    private static final long RETRY_NANOS = 5_000_000_000L;

    private final Surroundings surroundings;
    private final Segment segment;
    private final Addresses addresses;
    private final Deeds deeds;
    private final Counters counters = new Counters();
    private final Conflicts conflicts = new Conflicts();
    private final Queue<Event> consequences = new ArrayDeque<>();
    private final Promises promises;

    private VirtualRouter configuration;
    private Admission admission;
    private Transmitter transmitter;
    private Router router;
    private Event.Tracked tracked = new Event.Tracked(0, Optional.empty());
    private long retryAt = Long.MAX_VALUE;
    private Instant stateSince = Instant.now();
    private String stateReason = "not started";
    private MacAddress mac = MacAddress.NONE;
    private boolean hindered;
    private Optional<StandingOrder> order = Optional.empty();
    private Instant orderedSince = Instant.now();
    private boolean changed;
    private volatile RouterSnapshot snapshot;

    RunningRouter(
            Surroundings surroundings, Segment segment, VirtualRouter configuration, Settings settings) {
        this.surroundings = surroundings;
        this.segment = segment;
        this.promises = new Promises(surroundings.outbox());
        this.addresses = new Addresses(surroundings.kernel().rtnetlink(), configuration.addresses());
        this.deeds = new Deeds(
                surroundings, segment, configuration, addresses, counters, this::leaseFailed, this::brings);
        configure(configuration, settings);
        this.router = Router.initial(settings, BootClock.nanoTime());
        this.snapshot = photograph();
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

    void reconfigure(VirtualRouter next, Settings settings) {
        configure(next, settings);
        handle(new Event.Reconfigured(settings));
        networkChanged();
    }

    private void configure(VirtualRouter next, Settings settings) {
        Group group = Group.of(next);
        configuration = next;
        admission = new Admission(group, settings);
        transmitter = new Transmitter(segment, next.checksum(), group, settings);
        changed = true;
    }

    long deadline() {
        return Math.min(router.deadline(), retryAt);
    }

    void tick(long now) {
        if (now >= retryAt) {
            retryAt = Long.MAX_VALUE;
            handle(tracked);
        }
        if (now >= router.deadline()) {
            handle(new Event.Tick());
        }
    }

    void receive(Datagram datagram) {
        Verdict verdict = admission.examine(
                datagram.payload(), datagram.source(), datagram.destination(), datagram.hopLimit());
        changed = true;
        if (verdict instanceof Verdict.Admitted admitted) {
            counters.advertsReceived++;
            counters.lastAdvertAt = Optional.of(Instant.now());
            surroundings.hosts().heard(
                    admitted.event().sender().name(),
                    BootClock.nanoTime(),
                    admitted.event().advert().intervalNanos() * 3 / 2);
            handle(admitted.event());
        } else if (verdict instanceof Verdict.OrderAdmitted order) {
            boolean master = router.state() == State.MASTER;
            handle(order.event());
            if (order.event() instanceof Event.Ordered && !master && router.state() != State.MASTER) {
                counters.drop(DropReason.ORDER_REFUSED);
            }
        } else if (verdict instanceof Verdict.Stranger stranger) {
            counters.drop(stranger.reason());
            conflicts
                    .add(datagram.source(), stranger.advert(), Instant.now())
                    .ifPresent(c -> surroundings.outbox()
                            .post(() -> surroundings.listener().conflictSeen(configuration.name(), c)));
        } else if (verdict instanceof Verdict.Dropped dropped) {
            counters.drop(dropped.reason());
        }
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
                .or(() -> surroundings.local()
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
        promises.handover(outcome);
        handle(order);
    }

    /** Completes the future when the addresses are given away, or nobody took them and they are off. */
    void suspend(Event.Suspend order, CompletableFuture<Void> outcome) {
        promises.suspension(outcome);
        handle(order);
    }

    /** Steps the state machine, and again for what its actions bring about. */
    void handle(Event event) {
        for (Event next = event; next != null; next = consequences.poll()) {
            long now = BootClock.nanoTime();
            Step step = StateMachine.step(router, next, now);
            router = step.router();
            step.actions().forEach(action -> perform(action, now));
        }
        if (router.state() != State.MASTER || !router.suspended()) {
            promises.suspensionsEnded();
        }
    }

    private void perform(Action action, long decidedAt) {
        if (Deeds.isOfMaster(action) && isNoMasterAnyMore(decidedAt)) {
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
            promises.handoverEnded(ended);
        } else if (action instanceof Action.HandoverRefused refused) {
            promises.handoverRefused(refused);
        } else {
            deeds.perform(action, transmitter);
        }
    }

    /**
     * Between deciding and doing this process was put to sleep, or the addresses could not be put on the interface: an
     * advert would depose a holder that serves.
     */
    private boolean isNoMasterAnyMore(long decidedAt) {
        return !consequences.isEmpty() || BootClock.nanoTime() - decidedAt > router.tenureNanos();
    }

    /** A MASTER without its addresses is worse than none: it leaves the election and tries again after a while. */
    private void leaseFailed(LinuxException e) {
        surroundings.warn("virtual router " + configuration.name() + ": " + e.getMessage()
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
        RouterSnapshot after = photograph();
        snapshot = after;
        surroundings.outbox().post(() -> surroundings.listener().reasonChanged(before, after));
    }

    private void became(Action.Became became) {
        if (became.after() == State.MASTER) {
            deeds.termBegins();
        }
        counters.transitions++;
        stateSince = Instant.now();
        stateReason = became.reason();
        RouterSnapshot before = snapshot;
        RouterSnapshot after = photograph();
        snapshot = after;
        surroundings.outbox().post(() -> surroundings.listener().stateChanged(before, after));
    }

    /** Shows the world what changed since the last time. */
    void publish() {
        if (changed) {
            changed = false;
            snapshot = photograph();
        }
    }

    /** Why the state began; and in place of a reason that is past, the order that keeps the addresses elsewhere now. */
    private String reason() {
        Optional<StandingOrder> now = StandingOrder.of(router);
        if (!now.equals(order)) {
            order = now;
            orderedSince = Instant.now();
        }
        return order.map(standing -> standing.sentence(orderedSince.truncatedTo(ChronoUnit.SECONDS).toString())
                        + " (" + stateReason + ")")
                .orElse(stateReason);
    }

    private RouterSnapshot photograph() {
        return new RouterSnapshot(
                configuration,
                segment.place().interfaceName(),
                router.state(),
                stateSince,
                reason(),
                router.settings().priority(),
                router.effectivePriority(),
                router.ownerName(),
                counters.transitions,
                counters.advertsSent,
                counters.advertsReceived,
                counters.lastAdvertAt,
                counters.drops,
                counters.announcementsSent,
                counters.addressesRestored,
                counters.sendErrors,
                router.suspended(),
                conflicts.list(Instant.now()));
    }
}
