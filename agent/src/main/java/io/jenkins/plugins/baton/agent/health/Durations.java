package io.jenkins.plugins.baton.agent.health;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations as people and the cluster file write them. */
final class Durations {
    private Durations() {}

    /** For example {@code 2 s}, {@code 1.5 s} or {@code 250 ms}. */
    static String inWords(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        return BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString() + " s";
    }
}
