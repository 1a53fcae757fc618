package io.jenkins.plugins.baton.agent.plane.proxy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts what may happen thousands of times a second, and says when it is worth a line of the log. */
final class OnceAMinute {
    private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongAdder count = new LongAdder();
    private final AtomicLong lastTold = new AtomicLong(System.nanoTime() - INTERVAL_NANOS);

    /** How often it happened up to now. */
    long count() {
        return count.sum();
    }

    /** It happened once more; returns whether to tell of it. */
    boolean happened() {
        count.increment();
        long now = System.nanoTime();
        long last = lastTold.get();
        return now - last >= INTERVAL_NANOS && lastTold.compareAndSet(last, now);
    }
}
