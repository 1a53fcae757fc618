package io.jenkins.plugins.baton.agent.plane.choice;

/** When to tell news: the first at once, and what follows quickly together, a little later. Pure; for one thread. */
final class Pace {
    /** Between two times that something is told. */
    static final long MIN_INTERVAL = 250_000_000L;

    private boolean news;
    private long notBefore;

    /** @param now on any clock of nanoseconds, as everywhere here */
    Pace(long now) {
        notBefore = now;
    }

    void happened() {
        news = true;
    }

    /** How long to wait for something else, and then tell: until the news are due, or {@code most} when there are none. */
    long waitNanos(long now, long most) {
        return news ? Math.max(0, notBefore - now) : most;
    }

    /** All news have been told, just now. */
    void told(long now) {
        news = false;
        notBefore = now + MIN_INTERVAL;
    }
}
