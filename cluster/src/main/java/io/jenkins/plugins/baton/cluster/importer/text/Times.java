package io.jenkins.plugins.baton.cluster.importer.text;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as keepalived and haproxy write them. */
public final class Times {
    private static final Pattern HAPROXY = Pattern.compile("([0-9]{1,12})(us|ms|s|m|h|d)?");
    private static final Map<String, Long> MICROS = Map.of(
            "us", 1L, "ms", 1_000L, "s", 1_000_000L, "m", 60_000_000L, "h", 3_600_000_000L, "d", 86_400_000_000L);

    private Times() {}

    /**
     * Milliseconds unless a unit says otherwise (haproxy's configuration manual, section 2.5). What is not zero is at least
     * a millisecond, since zero means no limit; what is longer than 292,000 years is not longer than that.
     */
    public static Optional<Duration> haproxy(String text) {
        Matcher matcher = HAPROXY.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = matcher.group(2) == null ? "ms" : matcher.group(2);
        long number = Long.parseLong(matcher.group(1));
        long micros = Math.min(number, Long.MAX_VALUE / MICROS.get(unit)) * MICROS.get(unit);
        return Optional.of(Duration.ofMillis(number == 0 ? 0 : Math.max(1, micros / 1000)));
    }

    /** Seconds, with decimals where keepalived allows them. */
    public static Optional<Duration> keepalived(String text) {
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,6})?")) {
            return Optional.empty();
        }
        return Optional.of(
                Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValue()));
    }

    public static Duration within(Duration value, Duration least, Duration most) {
        return value.compareTo(least) < 0 ? least : value.compareTo(most) > 0 ? most : value;
    }
}
