package io.jenkins.plugins.baton.cluster.file.format;

import io.jenkins.plugins.baton.cluster.Problems;
import io.jenkins.plugins.baton.cluster.file.yaml.YamlNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time with its unit: {@code 100ms}, {@code 1.5s}, {@code 30m}, {@code 1h}. There is no unit by default,
 * because keepalived counts in seconds and haproxy in milliseconds.
 *
 * @param least the shortest that is accepted
 * @param most the longest that is accepted
 * @param zero what zero means, in a word, where it is accepted although {@code least} is more
 */
public record DurationType(Duration least, Duration most, Optional<String> zero) implements Type<Duration> {
    private static final String NUMBER = "(?:0|[1-9][0-9]{0,8})(?:\\.[0-9]{1,3})?";
    private static final Pattern WRITTEN = Pattern.compile("(" + NUMBER + ")(ms|s|m|h)");
    private static final Map<String, Integer> MILLIS = Map.of("ms", 1, "s", 1000, "m", 60_000, "h", 3_600_000);

    public static DurationType between(String least, String most) {
        return new DurationType(constant(least), constant(most), Optional.empty());
    }

    /** The same range, or zero with the given meaning. */
    public DurationType orZero(String meaning) {
        return new DurationType(least, most, Optional.of(meaning));
    }

    @Override
    public Optional<Duration> read(String subject, YamlNode node, Problems problems) {
        return scalar().read(subject, node, problems);
    }

    @Override
    public Map<String, Object> schema() {
        return scalar().schema();
    }

    @Override
    public String summary() {
        return "a time " + written(least) + ".." + written(most)
                + zero.map(z -> ", or 0s: " + z).orElse("");
    }

    private ScalarType<Duration> scalar() {
        return ScalarType.string(
                summary(), Map.of("pattern", "^" + NUMBER + "(?:ms|s|m|h)$"), s -> inRange(parse(s.text())));
    }

    private Duration inRange(Duration value) throws InvalidValueException {
        boolean inRange = value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
        if (inRange || (value.isZero() && zero.isPresent())) {
            return value;
        }
        throw new InvalidValueException("is not " + summary());
    }

    private static Duration parse(String text) throws InvalidValueException {
        Matcher matcher = WRITTEN.matcher(text);
        if (matcher.matches()) {
            BigDecimal millis =
                    new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(MILLIS.get(matcher.group(2))));
            if (millis.stripTrailingZeros().scale() > 0) {
                throw new InvalidValueException("is finer than a millisecond; write whole milliseconds");
            }
            return Duration.ofMillis(millis.longValueExact());
        }
        if (text.matches("-.*")) {
            throw new InvalidValueException("is negative; a time is not");
        }
        if (text.matches("0[0-9].*")) {
            throw new InvalidValueException("begins with 0, which may be read as octal; write the number without it");
        }
        if (text.matches("[0-9]+(\\.[0-9]+)?")) {
            throw new InvalidValueException("has no unit; write ms, s, m or h after the number, as in 100ms or 3s");
        }
        throw new InvalidValueException("is not a time; write a number and its unit ms, s, m or h, as in 100ms or 3s");
    }

    /** The shortest way to write a time, as in {@code 1m} or {@code 40950ms}. */
    public static String written(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0s";
        }
        for (String unit : new String[] {"h", "m", "s"}) {
            if (millis % MILLIS.get(unit) == 0) {
                return millis / MILLIS.get(unit) + unit;
            }
        }
        return millis + "ms";
    }

    private static Duration constant(String text) {
        try {
            return parse(text);
        } catch (InvalidValueException e) {
            throw new IllegalArgumentException(text + " " + e.getMessage(), e);
        }
    }
}
