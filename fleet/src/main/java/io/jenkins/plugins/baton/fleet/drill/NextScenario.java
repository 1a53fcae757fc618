package io.jenkins.plugins.baton.fleet.drill;

import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.drill.DrillHistory.Tried;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The scenario that is due: one that was never drilled before all others, then the one that was drilled longest ago. One
 * whose turn it would be, and which the last attempt of all did not get to drill, gives way once: what is refused every week
 * must not keep the others from being drilled.
 *
 * @param reason a sentence for the log
 */
public record NextScenario(Scenario scenario, String reason) {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    /**
     * @param candidates at least one
     * @param now to say how long ago
     */
    static NextScenario of(List<Scenario> candidates, Map<Scenario, Tried> history, String cluster, Instant now) {
        Comparator<Instant> oldestFirst = Comparator.nullsFirst(Comparator.naturalOrder());
        List<Scenario> due = candidates.stream()
                .sorted(Comparator.comparing(
                                (Scenario one) -> tried(history, one).drilled(), oldestFirst)
                        .thenComparing(one -> tried(history, one).refused(), oldestFirst)
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        Scenario first = due.get(0);
        if (due.size() == 1 || !wasRefusedLast(first, history)) {
            return new NextScenario(first, "next: " + sentence(first, tried(history, first), cluster, now));
        }
        Scenario second = due.get(1);
        return new NextScenario(
                second,
                "next: " + sentence(second, tried(history, second), cluster, now) + "; the turn of " + first.word()
                        + " was before it, and the last attempt at that was refused or aborted");
    }

    /**
     * Decides for a request that asks for the next one, and says which it is and why; any other stays as it is.
     *
     * @throws IOException when the history cannot be read
     */
    public static DrillRequest decide(
            DrillRequest request, DrillHistory history, String cluster, Instant now, Progress progress)
            throws IOException {
        List<Scenario> candidates = request.candidates();
        if (candidates.isEmpty()) {
            return request;
        }
        NextScenario next = of(candidates, history.of(cluster), cluster, now);
        progress.say(next.reason());
        return request.of(next.scenario());
    }

    private static Tried tried(Map<Scenario, Tried> history, Scenario scenario) {
        return history.getOrDefault(scenario, Tried.NEVER);
    }

    private static boolean wasRefusedLast(Scenario scenario, Map<Scenario, Tried> history) {
        Tried tried = tried(history, scenario);
        Optional<Instant> last = history.values().stream()
                .map(Tried::last)
                .filter(at -> at != null)
                .max(Comparator.naturalOrder());
        return tried.wasRefused() && last.equals(Optional.of(tried.last()));
    }

    private static String sentence(Scenario scenario, Tried tried, String cluster, Instant now) {
        if (tried.drilled() == null) {
            return scenario.word() + ", which was never drilled on " + cluster;
        }
        long days = Math.max(0, Duration.between(tried.drilled(), now).toDays());
        return scenario.word() + ", which was drilled longest ago on " + cluster + ": " + DAY.format(tried.drilled())
                + ", " + (days == 0 ? "less than a day" : days == 1 ? "1 day" : days + " days") + " ago";
    }
}
