package io.jenkins.plugins.baton.agent.health;

import java.time.Duration;

/**
 * The time that a check gives its server. It counts only while this node does its part: what passes while the loop is
 * late, because the node is short of processor time, or while this node has not sent its question yet, says nothing of
 * the server. A check that gets no full allowance within {@link #MAX_LENGTHS} times its length could not be carried out.
 *
 * <p>Looks at the clock {@link #CHECKS} times in an allowance; a look that comes late tells of a late loop. Pure: time comes
 * from outside, in nanoseconds of any clock that does not go back.
 */
final class TimeoutAllowance {
    static final int CHECKS = 8;

    static final int MAX_LENGTHS = 3;

    enum State {
        /** Some is left: look again. */
        LEFT,
        /** The server had all of it. */
        USED_UP,
        /** This node took so long for its own part that nothing can be said of the server. */
        MISSED
    }

    private final long length;
    private final long begun;
    private long checkedAt;
    private long counted;

    TimeoutAllowance(Duration length, long now) {
        this.length = length.toNanos();
        this.begun = now;
        this.checkedAt = now;
    }

    /** How long until the next {@link #check}, in nanoseconds. */
    long untilCheck() {
        return Math.min((length + CHECKS - 1) / CHECKS, length - counted);
    }

    /** @param asked whether the server has been asked, and the next word is its own */
    State check(long now, boolean asked) {
        long due = untilCheck();
        if (asked) {
            counted += Math.min(due, now - checkedAt);
        }
        checkedAt = now;
        if (counted >= length) {
            return State.USED_UP;
        }
        return now - begun >= MAX_LENGTHS * length ? State.MISSED : State.LEFT;
    }

    /** How much of the time up to now this node itself was late, or busy with its own part. */
    Duration missed(long now) {
        long sinceCheck = Math.max(0, now - checkedAt - untilCheck());
        return Duration.ofNanos(checkedAt - begun - counted + sinceCheck);
    }

    /** Whether the server had less than its due: a failure by then may be this node's own, who answered too late. */
    boolean isInconclusive(long now) {
        return missed(now).toNanos() >= length;
    }
}
