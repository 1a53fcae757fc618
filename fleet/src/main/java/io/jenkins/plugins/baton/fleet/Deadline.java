package io.jenkins.plugins.baton.fleet;

import java.time.Duration;

/** The moment after which something is waited for no longer, by {@link System#nanoTime}. */
public final class Deadline {
    private final long at;

    private Deadline(long at) {
        this.at = at;
    }

    /** @param time from now on, up to 292 years */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    public boolean isOver() {
        return nanosLeft() < 0;
    }

    /** What is left until then; zero when it is over. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, nanosLeft()));
    }

    /** A difference: readings of the clock may be negative, and may wrap around. */
    private long nanosLeft() {
        return at - System.nanoTime();
    }
}
