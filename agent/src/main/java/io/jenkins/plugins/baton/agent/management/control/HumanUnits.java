package io.jenkins.plugins.baton.agent.management.control;

import java.time.Duration;
import java.util.Locale;

/** Times and sizes in two or three digits and a unit. */
final class HumanUnits {
    private static final String[] SIZES = {"B", "KB", "MB", "GB", "TB", "PB", "EB"};
    private static final int KILO = 1000;

    private HumanUnits() {}

    /** As in {@code 840 ms}, {@code 12 s}, {@code 3 min}, {@code 5 h}, {@code 9 d}. */
    static String time(Duration duration) {
        if (duration.isNegative() || duration.toMillis() < KILO) {
            return Math.max(0, duration.toMillis()) + " ms";
        }
        if (duration.toMinutes() < 2) {
            return duration.toSeconds() + " s";
        }
        if (duration.toHours() < 2) {
            return duration.toMinutes() + " min";
        }
        return duration.toDays() < 2 ? duration.toHours() + " h" : duration.toDays() + " d";
    }

    /** As in {@code 840 B}, {@code 1.2 MB}. */
    static String bytes(long count) {
        double amount = count;
        int unit = 0;
        while (amount >= KILO && unit < SIZES.length - 1) {
            amount /= KILO;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, SIZES[unit]);
    }
}
