package io.jenkins.plugins.baton.agent.vrrp;

/**
 * When a MASTER tells its neighbours where the addresses are, as keepalived does: five times on taking over, five times
 * again five seconds later (a switch port that had just come up may have dropped the first ones), then from time to
 * time. After another master was heard it is told anew, now and once more when that one has had time to leave: what the
 * other announced in between would otherwise stand in the neighbours' caches.
 *
 * @param secondAt the second round after taking over
 * @param echoAt the second round after another master was heard
 * @param refreshAt the periodic refresh
 * @param lastAt the last round
 */
record Announcements(long secondAt, long echoAt, long refreshAt, long lastAt) {

    static final int TIMES = 5;
    private static final long SECOND_ROUND_NANOS = 5_000_000_000L;

    /** The plan of a node that has just taken over and announced itself. */
    static Announcements afterTakeover(Settings settings, long now) {
        return new Announcements(now + SECOND_ROUND_NANOS, Role.NEVER, refresh(settings, now), now);
    }

    long next() {
        return Math.min(Math.min(secondAt, echoAt), refreshAt);
    }

    /** Whether a rival heard now is reason for a round at once: one was not made within the last interval. */
    boolean dueForRival(Settings settings, long now) {
        return now - lastAt >= settings.intervalNanos();
    }

    /** The plan after a rival was heard and answered. */
    Announcements afterRival(Settings settings, long now) {
        return new Announcements(
                secondAt, Math.min(echoAt, now + settings.intervalNanos()), refresh(settings, now), now);
    }

    /** The plan after a round at {@code now}. */
    Announcements after(Settings settings, long now) {
        return new Announcements(
                now >= secondAt ? Role.NEVER : secondAt,
                now >= echoAt ? Role.NEVER : echoAt,
                refresh(settings, now),
                now);
    }

    private static long refresh(Settings settings, long now) {
        return settings.announceIntervalNanos() == 0 ? Role.NEVER : now + settings.announceIntervalNanos();
    }
}
