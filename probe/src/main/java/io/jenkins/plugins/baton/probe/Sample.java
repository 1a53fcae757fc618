package io.jenkins.plugins.baton.probe;

/**
 * One attempt of a client to get an answer on a new connection.
 *
 * @param start when it began, {@link System#nanoTime}
 * @param end when it was over
 */
public record Sample(long start, long end, Result result) {

    public enum Result {
        ANSWERED,
        REFUSED,
        UNREACHABLE,
        RESET,
        CLOSED_WITHOUT_ANSWER,
        TIMED_OUT
    }

    public double millis() {
        return (end - start) / 1e6;
    }

    /** A client noticed something: no answer, or a late one. */
    public boolean isBad(long slowNanos) {
        return result != Result.ANSWERED || end - start > slowNanos;
    }
}
