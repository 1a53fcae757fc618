package io.jenkins.plugins.baton.fleet;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times that an operator writes, as in the cluster file: a number and a unit, from 1ms to a year. */
public final class Times {
    private static final Pattern TIME = Pattern.compile("((?:0|[1-9][0-9]{0,8})(?:\\.[0-9]{1,3})?)(ms|s|m|h)");

    /** What a clock of nanoseconds can count by far; nobody waits longer. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final Map<String, BigDecimal> MILLIS = Map.of(
            "ms", BigDecimal.ONE,
            "s", BigDecimal.valueOf(1_000),
            "m", BigDecimal.valueOf(60_000),
            "h", BigDecimal.valueOf(3_600_000));

    private Times() {}

    /** @throws IllegalArgumentException with a sentence */
    public static Duration parse(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new IllegalArgumentException("the time " + text + " is not a number with ms, s, m or h, as in 500ms");
        }
        BigDecimal millis = new BigDecimal(time.group(1)).multiply(MILLIS.get(time.group(2)));
        if (millis.signum() == 0) {
            throw new IllegalArgumentException(
                    "the time " + text + " is not a number above 0 with ms, s, m or h, as in 500ms");
        }
        if (millis.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException("the time " + text + " is finer than a millisecond");
        }
        if (millis.compareTo(BigDecimal.valueOf(LONGEST.toMillis())) > 0) {
            throw new IllegalArgumentException("the time " + text + " is longer than 8760h, a year");
        }
        return Duration.ofMillis(millis.longValueExact());
    }
}
