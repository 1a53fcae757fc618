package io.jenkins.plugins.baton.fleet.drill;

import java.time.Instant;

/**
 * The moments of one drill, by {@link System#nanoTime}. In a report they are milliseconds from the fault.
 *
 * @param startedAt when the drill began, for a person
 * @param fault when the fault began
 * @param ended when the fault had ended
 * @param end when the drill was over
 */
record Timeline(Instant startedAt, long fault, long ended, long end) {
    double millis(long nanoTime) {
        return Math.round((nanoTime - fault) / 1e4) / 100.0;
    }

    /** In the middle of the fault, where it lasted; else right after the address moved. */
    long during() {
        return fault + (ended - fault) / 2;
    }
}
