package io.jenkins.plugins.baton.lab.probe;

import io.jenkins.plugins.baton.lab.probe.Observation.Kind;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * What a client noticed in a stretch of time.
 *
 * @param connects new connections tried
 * @param failed of them refused, reset, closed without an answer, or without one for 4 s
 * @param slow of them answered, but only after more than {@link #SLOW}: TCP had to send its SYN again
 * @param slowest how long the slowest of those that were answered took
 * @param longestGap the longest time in which no new connection was answered
 * @param requests requests sent on long-lived connections
 * @param lost long-lived connections that broke
 */
public record Impact(
        int connects,
        int failed,
        int slow,
        Duration slowest,
        Duration longestGap,
        int requests,
        List<LostSession> lost) {
    public static final Duration SLOW = Duration.ofMillis(200);

    /** @param from time on the clock of {@link System#nanoTime}, as is {@code to} */
    static Impact of(List<Observation> observations, long from, long to) {
        List<Observation> connects = observations.stream()
                .filter(o -> o.kind() == Kind.CONNECT && o.start() - from >= 0 && o.start() - to <= 0)
                .toList();
        List<Observation> requests = observations.stream()
                .filter(o -> o.kind() == Kind.REQUEST && o.end() - from >= 0 && o.end() - to <= 0)
                .toList();
        List<Observation> answered =
                connects.stream().filter(Observation::isAnswered).toList();
        return new Impact(
                connects.size(),
                connects.size() - answered.size(),
                (int) answered.stream()
                        .filter(o -> o.durationNanos() > SLOW.toNanos())
                        .count(),
                Duration.ofNanos(answered.stream()
                        .mapToLong(Observation::durationNanos)
                        .max()
                        .orElse(0)),
                Duration.ofNanos(longestGap(answered, from, to)),
                requests.size(),
                requests.stream()
                        .filter(o -> !o.isAnswered())
                        .map(o -> LostSession.of(o, from))
                        .toList());
    }

    /** How many long-lived connections broke. */
    public int lostSessions() {
        return lost.size();
    }

    private static long longestGap(List<Observation> answered, long from, long to) {
        long last = from;
        long longest = 0;
        for (Observation o : answered.stream()
                .sorted(Comparator.comparingLong(Observation::end))
                .toList()) {
            longest = Math.max(longest, o.end() - last);
            last = o.end();
        }
        return Math.max(longest, to - last);
    }
}
