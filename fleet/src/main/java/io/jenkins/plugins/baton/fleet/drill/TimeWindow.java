package io.jenkins.plugins.baton.fleet.drill;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;

/**
 * The time of day in which drills are allowed, by the operator's clock; it may pass midnight.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record TimeWindow(LocalTime from, LocalTime to) {

    /**
     * @param text as {@code 22:00-05:00}
     * @throws IllegalArgumentException with a sentence
     */
    public static TimeWindow parse(String text) {
        String[] ends = text.split("-", -1);
        if (ends.length != 2) {
            throw refusal(text, null);
        }
        try {
            TimeWindow window = new TimeWindow(LocalTime.parse(ends[0].strip()), LocalTime.parse(ends[1].strip()));
            if (window.from.equals(window.to)) {
                throw refusal(text, null);
            }
            return window;
        } catch (DateTimeParseException e) {
            throw refusal(text, e);
        }
    }

    private static IllegalArgumentException refusal(String text, DateTimeParseException cause) {
        return new IllegalArgumentException("the window " + text + " is not like 22:00-05:00", cause);
    }

    public boolean contains(LocalTime time) {
        boolean afterFrom = !time.isBefore(from);
        boolean beforeTo = time.isBefore(to);
        return from.isBefore(to) ? afterFrom && beforeTo : afterFrom || beforeTo;
    }

    @Override
    public String toString() {
        return from + "-" + to;
    }
}
