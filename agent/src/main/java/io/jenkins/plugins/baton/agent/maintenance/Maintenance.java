package io.jenkins.plugins.baton.agent.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One node is out of service: it takes no virtual address and its servers get no new connections. Pure.
 *
 * @param node the node that is out, which may be another one than this
 * @param until when it is over by itself, by this machine's clock
 * @param by who said so, for the log
 */
public record Maintenance(String node, Instant until, String by) {
    /** Beyond the 7 days that an operator can ask for. */
    private static final Duration LONGEST = Duration.ofDays(8);

    /**
     * @param text the record of an operator's program: a line {@code KEY VALUE} each for {@code node}, {@code until} (seconds
     *     since 1970) and {@code by}; other keys are the program's own
     * @return empty when no node is out by it
     */
    static Optional<Maintenance> parse(String text) {
        Map<String, String> said = new HashMap<>();
        text.lines().forEach(line -> {
            int end = line.indexOf(' ');
            if (end > 0) {
                said.put(line.substring(0, end), line.substring(end + 1));
            }
        });
        String until = said.getOrDefault("until", "");
        if (!said.containsKey("node") || !until.matches("[0-9]{1,11}")) {
            return Optional.empty();
        }
        return Optional.of(new Maintenance(
                said.get("node"),
                Instant.ofEpochSecond(Long.parseLong(until)),
                said.getOrDefault("by", "an unnamed operator")));
    }

    /** Also when it lies further ahead than any can last: then the clock was set back, and nobody would live to see it. */
    boolean isOver(Instant now) {
        return !now.isBefore(until) || until.isAfter(now.plus(LONGEST));
    }

    /** For the log and the state's reason. */
    public String sentence() {
        return "maintenance of " + node + " until " + until + " at the latest, by " + by;
    }
}
