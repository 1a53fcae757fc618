package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.router.segment.Wire;
import io.jenkins.plugins.baton.agent.vrrp.Action;
import io.jenkins.plugins.baton.agent.vrrp.OperatorOverride;
import io.jenkins.plugins.baton.agent.vrrp.Router;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What one virtual router shows of itself: the snapshot, and what the listener is told. Only {@link #snapshot} may be
 * called by other threads than the real-time one.
 */
final class RouterStatus {
    /** Nanoseconds. */
    private static final long PUBLISH_INTERVAL = 200_000_000L;

    private final RouterContext context;
    private final Wire segment;
    private final Counters counters;
    private final ConflictReporter conflicts;
    private final PeerWitness witness;

    private VirtualRouter configuration;
    private Instant stateSince = Instant.now();
    private String stateReason = "not started";
    private Optional<OperatorOverride> override = Optional.empty();
    private Instant overrideSince = Instant.now();
    private boolean changed;
    private long publishedAt = Long.MIN_VALUE / 2;
    private volatile RouterSnapshot snapshot;

    RouterStatus(
            RouterContext context, Wire segment, Counters counters, ConflictReporter conflicts, PeerWitness witness) {
        this.context = context;
        this.segment = segment;
        this.counters = counters;
        this.conflicts = conflicts;
        this.witness = witness;
    }

    RouterSnapshot snapshot() {
        return snapshot;
    }

    void configure(VirtualRouter next) {
        configuration = next;
        changed = true;
    }

    /** Something that the snapshot shows has changed, or may have. */
    void changed() {
        changed = true;
    }

    /** Shows the world what changed since the last time. */
    void publish(Router router) {
        if (changed) {
            changed = false;
            show(router);
        }
    }

    /** The same, but not for each packet: nobody looks so often. What waits is shown at the latest a second later. */
    void publish(Router router, long now) {
        if (changed && now - publishedAt >= PUBLISH_INTERVAL) {
            publishedAt = now;
            publish(router);
        }
    }

    void show(Router router) {
        snapshot = takeSnapshot(router);
    }

    void remained(Action.Remained remained, Router router) {
        stateReason = remained.reason();
        RouterSnapshot before = snapshot;
        show(router);
        RouterSnapshot after = snapshot;
        context.outbox().post(() -> context.listener().reasonChanged(before, after));
    }

    void became(Action.Became became, Router router) {
        stateSince = Instant.now();
        stateReason = became.reason();
        RouterSnapshot before = snapshot;
        show(router);
        RouterSnapshot after = snapshot;
        context.outbox().post(() -> context.listener().stateChanged(before, after));
    }

    /** Why the state began; and in place of a reason that is past, the order that keeps the addresses elsewhere now. */
    private String reason(Router router) {
        Optional<OperatorOverride> now = OperatorOverride.of(router);
        if (!now.equals(override)) {
            override = now;
            overrideSince = Instant.now();
        }
        return override.isEmpty()
                ? stateReason
                : override.get()
                                .sentence(overrideSince
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .toString()) + " (" + stateReason + ")";
    }

    private RouterSnapshot takeSnapshot(Router router) {
        return new RouterSnapshot(
                configuration,
                segment.place().interfaceName(),
                router.state(),
                stateSince,
                reason(router),
                router.settings().priority(),
                router.effectivePriority(),
                router.holderName(),
                counters.transitions,
                counters.advertsSent,
                counters.advertsReceived,
                counters.lastAdvertAt,
                counters.drops(),
                counters.lastSenders(),
                counters.announcementsSent,
                counters.addressesRestored,
                counters.sendErrors,
                router.suspended(),
                conflicts.list(),
                witness.unheardMasters());
    }
}
