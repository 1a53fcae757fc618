package io.jenkins.plugins.baton.agent.vrrp;

import java.util.Optional;

/** How long a router waits for what, in nanoseconds. */
final class Timers {

    /** How often the lease is extended; a lease lives longer than several of these. */
    static final long LEASE_RENEW_INTERVAL = 500_000_000L;

    /** How much later it may be. */
    static final long LEASE_RENEW_SLACK = 50_000_000L;

    /** A wake-up that is this part of an interval late says that the process itself was asleep. */
    private static final double STALL_PART = 0.5;

    private static final long SECOND = 1_000_000_000L;
    private static final long STARTUP_DELAY = SECOND;
    private static final int MAX_STARTUP_DELAYS = 2;
    private static final long MIN_TRANSFER = SECOND;

    private static final long MILLISECOND = 1_000_000L;

    /**
     * How long the old holder keeps the addresses after the new one was heard. Keepalived announces a millisecond or two
     * after its first advert; this node's data plane uses the time as well.
     */
    static final long LINGER = 20 * MILLISECOND;

    /** A request to take over is sent again after this time: it may have been lost. */
    static final long REQUEST_INTERVAL = 50 * MILLISECOND;

    /** How long a peer waits for each better one that was asked too; the old holder serves meanwhile. */
    private static final long SUCCESSOR_DELAY = 60 * MILLISECOND;

    /** Between two attempts to send of a node whose adverts cannot be sent. */
    static final long SEND_RETRY_INTERVAL = SECOND;

    private static final long MIN_SEARCH = 250 * MILLISECOND;
    private static final long MAX_WAIT_FOR_OTHERS = 500 * MILLISECOND;

    private Timers() {}

    /**
     * How long after its last advert a master counts as dead: RFC 9568 section 6.1, Active_Down_Interval, and a
     * sixteenth of an interval more for every peer that comes first if it lives. The RFC's skew alone keeps priorities
     * 100 and 90 apart by 4 ms at 100 ms, less than a busy machine's jitter, and then both take over.
     */
    static long masterDown(Router router, long masterInterval, Optional<Peer> master) {
        return 3 * masterInterval + skew(router, masterInterval) + router.higherRanked(master) * masterInterval / 16;
    }

    /**
     * How long this node waits when it knows that the master left: nothing when it is next in line, else the RFC's skew
     * time and the same delay as above.
     */
    static long succession(Router router, long masterInterval, Optional<Peer> leaving) {
        int higherRanked = router.higherRanked(leaving);
        return higherRanked == 0 ? 0 : skew(router, masterInterval) + higherRanked * masterInterval / 16;
    }

    /** RFC 3768 section 6.1: parts of a second; RFC 9568 section 6.1: parts of the master's interval. */
    private static long skew(Router router, long masterInterval) {
        long unit = router.settings.version() == 2 ? SECOND : masterInterval;
        return (256 - router.ownPriority()) * unit / 256;
    }

    /**
     * How much longer a node listens when its process has just started. Nodes that are started together do not start at
     * the same moment, and the one with the highest priority should find no master yet: then nobody takes over from
     * anybody. Costs nothing but the first moments of a cluster whose best nodes are missing.
     */
    static long startupDelay(Router router) {
        return Math.min(router.higherRanked(Optional.empty()), MAX_STARTUP_DELAYS) * STARTUP_DELAY;
    }

    /** When a BACKUP that nothing steps is stepped: an eighth of an interval after the advert that did not come. */
    static long backupTick(Settings settings) {
        return settings.intervalNanos() + settings.intervalNanos() / 8;
    }

    /** How long a silence of a BACKUP's process itself is still ordinary lateness. */
    static long stallThreshold(Settings settings) {
        return backupTick(settings) + (long) (STALL_PART * settings.intervalNanos());
    }

    /** How long a BACKUP that was asleep listens at least before it concludes that the master is silent. */
    static long stallGrace(Settings settings) {
        return settings.intervalNanos() + settings.intervalNanos() / 2;
    }

    /** How long a master may be silent before the quickest peer takes over: not quite three intervals and its skew. */
    static long safeSilence(Settings settings) {
        return 3 * settings.intervalNanos();
    }

    /** How long an advert of the former holder may have been on its way. */
    static long staleAdvertAge(Settings settings) {
        return settings.intervalNanos() / 4;
    }

    /** Answers to a rival are at least this far apart: two nodes that both insist must not flood the network. */
    static long answerGap(Settings settings) {
        return settings.intervalNanos() / 16;
    }

    /** How long this node waits for those who come first when a living MASTER asks for a successor. */
    static long successorDelay(Router router, Peer leaving) {
        return router.higherRanked(Optional.of(leaving)) * SUCCESSOR_DELAY;
    }

    /**
     * How long a MASTER looks for a successor: all of its peers have their turn. Other software does not know the
     * request, but preempts a master of the lowest priority within four intervals; with long intervals an advert of priority 0 is
     * quicker.
     */
    static long search(Settings settings) {
        long turns = MIN_SEARCH + settings.peers().size() * SUCCESSOR_DELAY;
        return Math.max(turns, Math.min(4 * settings.intervalNanos(), MAX_WAIT_FOR_OTHERS));
    }

    /** How long a named peer has for taking over. */
    static long transfer(Settings settings) {
        return Math.max(MIN_TRANSFER, 3 * settings.intervalNanos());
    }
}
