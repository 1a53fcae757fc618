package io.jenkins.plugins.baton.agent.router.segment;

import io.jenkins.plugins.baton.agent.linux.libc.Pollable;
import io.jenkins.plugins.baton.agent.linux.libc.Poller;

/**
 * Keeps one socket from taking more of the thread than it may: anybody can send. When its allowance is spent the socket wakes
 * nobody until there is some again; meanwhile the kernel drops what does not fit into its queue.
 */
final class RateLimit {
    private static final long SECOND = 1_000_000_000L;

    /** Nanoseconds for which a socket that has spent its allowance rests. */
    static final long PAUSE_NANOS = 20_000_000L;

    private final Poller poller;
    private final Pollable socket;
    private final int perSecond;
    private final int burst;
    private double left;
    private long countedAt;
    private long restsUntil = Long.MIN_VALUE;
    private boolean resting;

    /**
     * @param perSecond packets in the long run
     * @param burst packets at once
     */
    RateLimit(Poller poller, Pollable socket, int perSecond, int burst, long now) {
        this.poller = poller;
        this.socket = socket;
        this.perSecond = perSecond;
        this.burst = burst;
        this.left = burst;
        this.countedAt = now;
        poller.add(socket);
    }

    /** Whether it may not be read now, or was closed. */
    boolean isOver() {
        return resting;
    }

    /** A packet was read. */
    void spend(long now) {
        left = Math.min(burst, left + (now - countedAt) * (double) perSecond / SECOND) - 1;
        countedAt = now;
        if (left < 1) {
            resting = true;
            restsUntil = now + PAUSE_NANOS;
            poller.remove(socket);
        }
    }

    /** When {@link #turn} is due. */
    long deadline() {
        return resting ? restsUntil : Long.MAX_VALUE;
    }

    /** Ends the rest when it is over. */
    void turn(long now) {
        if (resting && now >= restsUntil) {
            resting = false;
            poller.add(socket);
        }
    }

    /** Closes the socket. */
    void close() {
        if (!resting) {
            poller.remove(socket);
        }
        resting = true;
        restsUntil = Long.MAX_VALUE;
        socket.close();
    }
}
