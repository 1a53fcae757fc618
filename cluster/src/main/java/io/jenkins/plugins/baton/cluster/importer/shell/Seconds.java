package io.jenkins.plugins.baton.cluster.importer.shell;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as command lines give them: seconds with decimals, and for {@code timeout} a unit behind. */
final class Seconds {
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,6})?)([smhd]?)");
    private static final Map<String, Integer> UNITS =
            Map.of("", 1000, "s", 1000, "m", 60_000, "h", 3_600_000, "d", 86_400_000);

    private Seconds() {}

    /** @return empty for what is no time, and for zero, which means none */
    static Optional<Duration> parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long millis = new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(UNITS.get(matcher.group(2))))
                .longValue();
        return millis == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }
}
