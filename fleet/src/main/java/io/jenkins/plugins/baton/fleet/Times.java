package io.jenkins.plugins.baton.fleet;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times that an operator writes, as in the cluster file: a number and a unit. */
public final class Times {
    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h)");

    private Times() {}

    /** @throws IllegalArgumentException with a sentence */
    public static Duration parse(String text) {
        if (text.matches("0+(ms|s|m|h)")) {
            throw new IllegalArgumentException(
                    "the time " + text + " is not a number above 0 with ms, s, m or h, as in 500ms");
        }
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new IllegalArgumentException("the time " + text + " is not a number with ms, s, m or h, as in 500ms");
        }
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
