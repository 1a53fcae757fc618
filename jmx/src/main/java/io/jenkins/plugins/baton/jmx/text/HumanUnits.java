package io.jenkins.plugins.baton.jmx.text;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/** Times and sizes as a person reads them: a number and a unit. */
public final class HumanUnits {
    private static final String[] SIZES = {"B", "KB", "MB", "GB", "TB", "PB", "EB"};
    private static final int KILO = 1000;

    private HumanUnits() {}

    /** A time that was configured, to the millisecond, as in {@code 250 ms}, {@code 1.5 s}, {@code 90 s}. */
    public static String exact(Duration duration) {
        long millis = duration.toMillis();
        return Math.abs(millis) < KILO
                ? millis + " ms"
                : BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString() + " s";
    }

    /** How long something has been so, as in {@code 840 ms}, {@code 12 s}, {@code 3 min}, {@code 5 h}, {@code 9 d}. */
    public static String age(Duration duration) {
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

    /** A time that was measured, as in {@code 8.3 ms} or {@code 612 ms}. */
    public static String measured(double millis) {
        return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
    }

    /** As in {@code 840 B}, {@code 1.2 MB}. */
    public static String bytes(long count) {
        double amount = count;
        int unit = 0;
        while (amount >= KILO && unit < SIZES.length - 1) {
            amount /= KILO;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, SIZES[unit]);
    }
}
