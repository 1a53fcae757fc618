package io.jenkins.plugins.baton.agent.plane.proxy;

import java.util.concurrent.TimeUnit;

/** Counts events per second over the last ten whole seconds. Safe for use by many threads. */
final class RateMeter {
    private static final int SECONDS = 10;

    /** One more than is looked at: the second that has begun counts for the next look. */
    private final long[] counts = new long[SECONDS + 1];

    private final long[] seconds = new long[SECONDS + 1];

    /** @param nowNanos of a clock that only goes forward */
    synchronized void mark(long nowNanos) {
        long second = second(nowNanos);
        int slot = (int) Math.floorMod(second, (long) counts.length);
        if (seconds[slot] != second) {
            seconds[slot] = second;
            counts[slot] = 0;
        }
        counts[slot]++;
    }

    synchronized double perSecond(long nowNanos) {
        long now = second(nowNanos);
        long sum = 0;
        for (int i = 0; i < counts.length; i++) {
            if (seconds[i] < now && seconds[i] >= now - SECONDS) {
                sum += counts[i];
            }
        }
        return (double) sum / SECONDS;
    }

    private static long second(long nanos) {
        return Math.floorDiv(nanos, TimeUnit.SECONDS.toNanos(1));
    }
}
