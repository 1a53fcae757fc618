package io.jenkins.plugins.baton.agent.plane.proxy;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/**
 * Finds the sessions of one event loop that have been idle for the longest time. It looks for some at once, so that
 * making room for many clients does not go through all sessions for each. Belongs to its loop.
 */
final class LongestIdle {
    private static final int AT_ONCE = 64;
    /** By difference: the clock of {@link System#nanoTime} may wrap. */
    private static final Comparator<Found> MOST_RECENT_FIRST = (a, b) -> Long.signum(b.since() - a.since());

    private final Deque<Found> found = new ArrayDeque<>();

    private record Found(Session session, long since) {
        boolean isStillIdle(long nowNanos) {
            return !session.isOver() && session.isIdle(nowNanos) && session.touchedNanos() == since;
        }
    }

    /** The one that goes first; null when all have spoken within the last seconds. */
    Session peek(SessionList sessions, long nowNanos) {
        Session first = firstFound(nowNanos);
        if (first == null) {
            look(sessions, nowNanos);
            first = firstFound(nowNanos);
        }
        return first;
    }

    private Session firstFound(long nowNanos) {
        while (!found.isEmpty() && !found.peek().isStillIdle(nowNanos)) {
            found.remove();
        }
        return found.isEmpty() ? null : found.peek().session();
    }

    private void look(SessionList sessions, long nowNanos) {
        PriorityQueue<Found> longest = new PriorityQueue<>(AT_ONCE + 1, MOST_RECENT_FIRST);
        sessions.forEach(session -> {
            if (session.isIdle(nowNanos)) {
                longest.add(new Found(session, session.touchedNanos()));
                if (longest.size() > AT_ONCE) {
                    longest.poll();
                }
            }
        });
        while (!longest.isEmpty()) {
            found.addFirst(longest.poll());
        }
    }
}
