package io.jenkins.plugins.baton.lab;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for a condition, never for a time. */
public final class Await {
    private static final Duration STEP = Duration.ofMillis(20);

    private Await() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @param what the condition in words, for the error
     * @return how long it took
     * @throws LabException when it did not hold within {@code limit}
     */
    public static Duration until(String what, Duration limit, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new LabException("waited " + limit.toSeconds() + " s in vain until " + what);
            }
            pause(STEP);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Lets time pass while something is observed. */
    public static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while waiting", e);
        }
    }
}
