package io.jenkins.plugins.baton.agent.plane.proxy;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.loop.EventLoop;
import io.jenkins.plugins.baton.cluster.Frontend;
import java.net.InetAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sessions of one event loop and their clocks. There is no timer per session: a look at all that are connecting
 * every {@value #CONNECTING_MILLIS} ms, and at all the others now and then, costs less than twenty thousand timers.
 */
final class Worker {
    private static final long CONNECTING_MILLIS = 50;

    private final EventLoop loop;
    private final ProxyPlane plane;
    private final ReadBuffer readBuffer = new ReadBuffer();
    private final Splice splice = new Splice();
    private final SessionList connecting = new SessionList();
    private final SessionList connected = new SessionList();
    private final LongestIdle longestIdle = new LongestIdle();
    private boolean watchingConnecting;
    /** When those that are connecting are looked at next, by {@link System#nanoTime}. */
    private long checkDueNanos;

    /** Whether the last look came so late that it judged nobody. */
    private boolean cameLate;

    private boolean watchingConnected;

    Worker(EventLoop loop, ProxyPlane plane) {
        this.loop = loop;
        this.plane = plane;
    }

    EventLoop loop() {
        return loop;
    }

    ReadBuffer readBuffer() {
        return readBuffer;
    }

    Splice splice() {
        return splice;
    }

    int planeSessions() {
        return plane.openSessions();
    }

    void log(Frontend.AccessLog form, SessionRecord session) {
        plane.accessLog().write(form, session);
    }

    void resourcesExhausted(String attempted, Throwable cause) {
        plane.exhaustion().tell(attempted, (cause.getCause() == null ? cause : cause.getCause()).getMessage());
    }

    int defaultLimitPerSource() {
        return plane.defaultLimitPerSource();
    }

    void tooManyFrom(InetAddress source, int limit, String frontend) {
        plane.tooManyFrom(source, limit, frontend);
    }

    /** Whether a session is idle for so long that it may be ended. */
    boolean canMakeRoom() {
        return longestIdle.peek(connected, System.nanoTime()) != null;
    }

    /** Ends the session that has been idle for the longest time; false when none is idle. */
    boolean makeRoom() {
        Session longest = longestIdle.peek(connected, System.nanoTime());
        if (longest == null) {
            return false;
        }
        longest.makeRoom();
        return true;
    }

    void connecting(Session session) {
        plane.sessionBegan();
        connecting.add(session);
        watchConnecting();
    }

    void connected(Session session) {
        connecting.remove(session);
        connected.add(session);
        watchConnected();
    }

    void ended(Session session, boolean wasConnected) {
        (wasConnected ? connected : connecting).remove(session);
        plane.sessionEnded();
    }

    /**
     * Ends some sessions of a frontend. Waits for it: not for an event loop.
     *
     * @param share of those that are connected, above 0, at most 1; on average, since a part of a session cannot end
     * @return how many have ended
     */
    long thinOut(ProxyFrontend frontend, double share) {
        AtomicLong ended = new AtomicLong();
        try {
            loop.call(() -> {
                long wanted = (long) (connected.count(frontend) * share
                        + ThreadLocalRandom.current().nextDouble());
                connected.forEach(session -> {
                    if (ended.get() < wanted && session.frontend() == frontend) {
                        session.shutDown();
                        ended.incrementAndGet();
                    }
                });
            });
        } catch (LinuxException e) {
            throw new IllegalStateException("a loop with sessions has begun", e);
        }
        return ended.get();
    }

    /** Ends all sessions, and the loop. Waits for it: not for an event loop. */
    void close() {
        loop.close(() -> {
            connecting.forEach(Session::shutDown);
            connected.forEach(Session::shutDown);
            readBuffer.release();
            splice.close();
        });
    }

    private void watchConnecting() {
        if (!watchingConnecting && !connecting.isEmpty()) {
            watchConnecting(CONNECTING_MILLIS);
        }
    }

    private void watchConnecting(long millis) {
        watchingConnecting = true;
        checkDueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        loop.schedule(this::checkConnecting, millis, TimeUnit.MILLISECONDS);
    }

    /** After this loop stood still it judges nobody before its next turn, which hears of the answers that have come meanwhile. */
    private void checkConnecting() {
        watchingConnecting = false;
        long now = System.nanoTime();
        cameLate = !cameLate && now - checkDueNanos > TimeUnit.MILLISECONDS.toNanos(CONNECTING_MILLIS);
        if (cameLate) {
            watchConnecting(1);
            return;
        }
        connecting.forEach(session -> session.checkAttempt(now));
        watchConnecting();
    }

    private void watchConnected() {
        if (!watchingConnected && !connected.isEmpty()) {
            watchingConnected = true;
            loop.schedule(this::checkConnected, plane.idleCheckMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void checkConnected() {
        watchingConnected = false;
        long now = System.nanoTime();
        connected.forEach(session -> session.checkIdle(now));
        watchConnected();
    }
}
