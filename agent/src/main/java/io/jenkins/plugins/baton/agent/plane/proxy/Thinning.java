package io.jenkins.plugins.baton.agent.plane.proxy;

import java.time.Duration;

/**
 * How the sessions of an agent that is to end are ended: in the last fifth of their time, evenly. A hundred clients that are
 * reset in one moment connect to the next node in one moment, and whoever comes to it then has to wait.
 */
final class Thinning {
    private static final int PARTS = 5;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private Thinning() {}

    /**
     * The share of the sessions that are left which is to end now.
     *
     * @param drain how long sessions may go on
     * @param told how long they have done so
     * @param interval to the next time that some end
     * @return 0 before it begins, and when the time is over, when all end anyway; at most 1
     */
    static double share(Duration drain, Duration told, Duration interval) {
        Duration window = drain.dividedBy(PARTS);
        if (window.compareTo(LONGEST) > 0) {
            window = LONGEST;
        }
        long left = drain.minus(told).toNanos();
        return left <= 0 || left > window.toNanos() ? 0 : Math.min(1, (double) interval.toNanos() / left);
    }
}
