package io.jenkins.plugins.baton.agent.vrrp;

/**
 * When a MASTER tells its neighbours where the addresses are, as keepalived does: five times on taking over, five times
 * again five seconds later (a switch port that had just come up may have dropped the first ones), then from time to
 * time. Where another node has, or may have, the addresses as well and answers for them, they are told anew: what the
 * other said would otherwise stand in the neighbours' caches. After a planned move once, when the other has surely left;
 * after another master was heard now and when that one has had time to leave; beside a stale holder again and again.
 *
 * <p>A stale holder is the node of an agent that died or froze: its kernel keeps the addresses until the lease ends.
 * <p>A rival that does not leave, because it does not hear this node, is answered more slowly: a storm of announcements
 * would take the addresses to and fro between the two.
 *
 * @param secondAt the second round after taking over
 * @param echoAt the next round against what another node says
 * @param staleHolderUntil until when a stale holder may speak
 * @param refreshAt the periodic refresh
 * @param lastAt the last round
 * @param answers rounds against what another node says, other than a stale holder, since there was calm
 */
record Announcements(long secondAt, long echoAt, long staleHolderUntil, long refreshAt, long lastAt, int answers) {

    static final int TIMES = 5;
    private static final long SECOND_ROUND_NANOS = 5_000_000_000L;

    /** The old holder of a planned move has left by then. */
    private static final long ECHO_NANOS = 50_000_000L;

    /** The lease of 2 s, and the second by which the kernel's timer may be late. */
    private static final long STALE_HOLDER_LIFETIME = 3_250_000_000L;

    /** Against a stale holder. Eight ARP packets a second are fewer than the fifteen at which switches begin to suspect a port. */
    private static final long STALE_HOLDER_INTERVAL = 250_000_000L;

    /** A rival that leaves when it hears this node is answered twice: at once, and when it has left. */
    private static final int MAX_QUICK_ANSWERS = 2;

    private static final long RIVAL_MEMORY = 2_000_000_000L;

    /** The plan of a node that took over from a living one and has announced itself. */
    static Announcements afterTakeover(Settings settings, long now) {
        return new Announcements(now + SECOND_ROUND_NANOS, now + ECHO_NANOS, now, refresh(settings, now), now, 0);
    }

    /** The plan of a node that took over from a dead one and has announced itself. */
    static Announcements besideStaleHolder(Settings settings, long now) {
        return new Announcements(
                now + SECOND_ROUND_NANOS,
                now + STALE_HOLDER_INTERVAL,
                now + STALE_HOLDER_LIFETIME,
                refresh(settings, now),
                now,
                0);
    }

    /** How often it is said in a round at {@code now}: many rounds against a stale holder, or a rival, are few words each. */
    int times(long now) {
        boolean many = now <= staleHolderUntil || !isQuick(now);
        return now >= secondAt || now >= refreshAt || !many ? TIMES : 1;
    }

    long next() {
        return Math.min(Math.min(secondAt, echoAt), refreshAt);
    }

    /** Whether a rival heard now is reason for a round at once: one was not made within the last interval. */
    boolean dueForRival(Settings settings, long now) {
        return now - lastAt >= settings.intervalNanos() && isQuick(now);
    }

    private boolean isQuick(long now) {
        return answersBy(now) < MAX_QUICK_ANSWERS;
    }

    private int answersBy(long now) {
        return now - lastAt >= RIVAL_MEMORY ? 0 : answers;
    }

    /** The plan after a rival was heard: one more round when it has left. */
    Announcements withEcho(Settings settings, long now) {
        long wait = isQuick(now) ? settings.intervalNanos() : Math.max(STALE_HOLDER_INTERVAL, settings.intervalNanos());
        return new Announcements(secondAt, Math.min(echoAt, now + wait), staleHolderUntil, refreshAt, lastAt, answers);
    }

    /** The plan after a round at {@code now}. */
    Announcements after(Settings settings, long now) {
        return new Announcements(
                now >= secondAt ? Role.NEVER : secondAt,
                now >= echoAt
                        ? (now + STALE_HOLDER_INTERVAL <= staleHolderUntil ? now + STALE_HOLDER_INTERVAL : Role.NEVER)
                        : echoAt,
                staleHolderUntil,
                refresh(settings, now),
                now,
                answersBy(now) + (now >= echoAt && now > staleHolderUntil ? 1 : 0));
    }

    /** The plan after a round at {@code now} that answers a rival. */
    Announcements afterAnswer(Settings settings, long now) {
        Announcements plan = after(settings, now);
        return new Announcements(plan.secondAt, plan.echoAt, staleHolderUntil, plan.refreshAt, now, answersBy(now) + 1);
    }

    private static long refresh(Settings settings, long now) {
        return settings.announceIntervalNanos() == 0 ? Role.NEVER : now + settings.announceIntervalNanos();
    }
}
