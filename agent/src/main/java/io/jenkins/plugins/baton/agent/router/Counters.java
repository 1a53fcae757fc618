package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.vrrp.packet.DropReason;
import java.net.InetAddress;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What one router has counted since it started. Only the real-time thread touches it. */
final class Counters {
    private final Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
    /** Who sent the last packet that was ignored for this reason. */
    private final Map<DropReason, InetAddress> lastSenders = new EnumMap<>(DropReason.class);

    /** Copies for others; null when there is another drop to show. */
    private Map<DropReason, Long> shownDrops;

    private Map<DropReason, InetAddress> shownSenders;

    long transitions;
    long advertsSent;
    long advertsReceived;
    Optional<Instant> lastAdvertAt = Optional.empty();
    long announcementsSent;
    long addressesRestored;
    long sendErrors;
    long stalls;

    Counters() {
        for (DropReason reason : DropReason.values()) {
            drops.put(reason, 0L);
        }
    }

    void drop(DropReason reason, InetAddress sender) {
        drops.merge(reason, 1L, Long::sum);
        lastSenders.put(reason, sender);
        shownDrops = null;
        shownSenders = null;
    }

    /** Immutable; the same one as long as nothing is ignored. */
    Map<DropReason, Long> drops() {
        if (shownDrops == null) {
            shownDrops = Map.copyOf(drops);
        }
        return shownDrops;
    }

    /** Immutable, like {@link #drops}. */
    Map<DropReason, InetAddress> lastSenders() {
        if (shownSenders == null) {
            shownSenders = Map.copyOf(lastSenders);
        }
        return shownSenders;
    }
}
