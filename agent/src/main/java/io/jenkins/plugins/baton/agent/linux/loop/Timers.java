package io.jenkins.plugins.baton.agent.linux.loop;

import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** What a loop has to do, and when. Pure; for one thread. Times are those of {@link System#nanoTime}. */
final class Timers {
    /** By difference: that clock may wrap. */
    private final PriorityQueue<Timer> queue = new PriorityQueue<>((a, b) -> Long.signum(a.dueNanos - b.dueNanos));

    void add(Timer timer) {
        queue.add(timer);
    }

    /** Does nothing for one that was done, or removed before. */
    void remove(Timer timer) {
        queue.remove(timer);
    }

    /** Takes one that is due, the earliest first; null when none is. */
    Timer takeDue(long now) {
        Timer first = queue.peek();
        return first == null || first.dueNanos - now > 0 ? null : queue.remove();
    }

    /** How long to wait until one is due: rounded up, so that none is found early; -1 when there is none. */
    int waitMillis(long now) {
        Timer first = queue.peek();
        if (first == null) {
            return -1;
        }
        long nanos = first.dueNanos - now;
        return nanos <= 0 ? 0 : (int) Math.min(TimeUnit.NANOSECONDS.toMillis(nanos) + 1, Integer.MAX_VALUE);
    }
}
