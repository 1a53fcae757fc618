package io.jenkins.plugins.baton.agent.tether;

/**
 * What to make of the connection to one peer. Pure: what happens to it, and when, comes from outside.
 *
 * <p>That the peer's agent has ended is concluded from two things, one after the other: the connection was closed in order
 * (the kernel of a dead process sends a FIN), and another one is refused (nobody listens any more). A reset alone says
 * nothing: firewalls, rebooted hosts and strangers send them too.
 */
final class Cord {
    private static final long MILLISECOND = 1_000_000L;

    /** How long an attempt to connect may take; a host that is there answers in less than a millisecond. */
    static final long PATIENCE = 3_000 * MILLISECOND;

    /** Between two attempts. */
    static final long PAUSE = 1_000 * MILLISECOND;

    /** A dying process closes its descriptors one by one; until the listening one is closed it still accepts. */
    private static final long MOMENT = 2 * MILLISECOND;

    /** So many moments a process may take to die. */
    private static final int MOST_MOMENTS = 50;

    private static final long NEVER = Long.MAX_VALUE;

    private enum State {
        /** There is no connection until it is time for one. */
        LOOSE,
        CONNECTING,
        /** The peer's kernel accepted it. */
        CONNECTED,
        /** The peer's agent has spoken. */
        HELD
    }

    private State state = State.LOOSE;
    private long since;
    private boolean told;
    /** How often in a row an agent that seems to die did not refuse a connection yet; 0: it does not seem so. */
    private int suspicions;

    Cord(long now) {
        since = now;
    }

    boolean isConnected() {
        return state == State.CONNECTED || state == State.HELD;
    }

    boolean isHeld() {
        return state == State.HELD;
    }

    /** When {@link #isDueToConnect} or {@link #isOverdue} becomes true. */
    long deadline() {
        return switch (state) {
            case LOOSE -> since;
            case CONNECTING, CONNECTED -> since + PATIENCE;
            case HELD -> NEVER;
        };
    }

    boolean isDueToConnect(long now) {
        return state == State.LOOSE && now >= since;
    }

    /** Whether nobody has answered, or spoken. */
    boolean isOverdue(long now) {
        return (state == State.CONNECTING || state == State.CONNECTED) && now >= since + PATIENCE;
    }

    void connecting(long now) {
        state = State.CONNECTING;
        since = now;
    }

    void connected() {
        state = State.CONNECTED;
    }

    /** The peer's agent said something. Returns whether it is the first time on this connection. */
    boolean spoke() {
        boolean first = state != State.HELD;
        state = State.HELD;
        suspicions = 0;
        told = false;
        return first;
    }

    /** Returns whether this says that the peer's agent has ended. */
    boolean refused(long now) {
        boolean ended = suspicions > 0;
        loosen(now + PAUSE, 0);
        return ended;
    }

    /** No answer, no route, no address of our own: nothing is known. Returns whether this is news worth telling. */
    boolean failed(long now) {
        boolean news = !told;
        told = true;
        loosen(now + PAUSE, 0);
        return news;
    }

    /** The peer's kernel closed the connection in order: another one, at once, shows whether somebody listens still. */
    void closed(long now) {
        if (state == State.HELD) {
            loosen(now, 1);
        } else {
            broke(now);
        }
    }

    /** The connection broke: it was reset, or nobody answers any more, or it was closed before the agent had spoken. */
    void broke(long now) {
        boolean dying = state != State.HELD && suspicions > 0 && suspicions < MOST_MOMENTS;
        if (dying) {
            loosen(now + MOMENT, suspicions + 1);
        } else {
            loosen(state == State.HELD ? now : now + PAUSE, 0);
        }
    }

    private void loosen(long until, int suspected) {
        state = State.LOOSE;
        since = until;
        suspicions = suspected;
    }
}
