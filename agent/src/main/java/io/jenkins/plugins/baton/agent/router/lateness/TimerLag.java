package io.jenkins.plugins.baton.agent.router.lateness;

/** The largest lateness of the last minute, to the second. One thread records, any thread reads. */
final class TimerLag {
    private static final int SECONDS = 60;
    private static final long SECOND = 1_000_000_000L;

    private final long[] largest = new long[SECONDS];
    private long second;
    private volatile long maximum;

    /** @param now nanoseconds on any clock that does not go back */
    void record(long now, long late) {
        long current = now / SECOND;
        if (current == second) {
            int same = (int) (current % SECONDS);
            largest[same] = Math.max(largest[same], late);
            if (late > maximum) {
                maximum = late;
            }
            return;
        }
        for (long s = Math.max(second + 1, current - SECONDS + 1); s <= current; s++) {
            largest[(int) (s % SECONDS)] = 0;
        }
        second = current;
        int slot = (int) (current % SECONDS);
        largest[slot] = Math.max(largest[slot], late);
        long max = 0;
        for (long l : largest) {
            max = Math.max(max, l);
        }
        maximum = max;
    }

    long maximum() {
        return maximum;
    }
}
