package io.jenkins.plugins.baton.lab.probe;

import io.jenkins.plugins.baton.probe.LongLived.Loss;
import io.jenkins.plugins.baton.probe.Outages;
import io.jenkins.plugins.baton.probe.Sample;
import java.time.Duration;
import java.util.List;

/**
 * What a client noticed in a stretch of time.
 *
 * @param connects new connections tried
 * @param failures those of them that were refused, reset, closed without an answer, or without one for 4 s
 * @param slow of them answered, but only after more than {@link #SLOW}: TCP had to send its SYN again
 * @param slowest how long the slowest of those that were answered took
 * @param outage the longest one, as {@link Outages} defines it
 * @param resolution the longest time between two connects: what the outage is known to
 * @param requests answered on long-lived connections
 * @param lost long-lived connections that broke
 */
public record Impact(
        int connects,
        List<FailedConnect> failures,
        int slow,
        Duration slowest,
        Duration outage,
        Duration resolution,
        long requests,
        List<LostSession> lost) {
    public static final Duration SLOW = Duration.ofMillis(200);

    /**
     * @param connects that began then
     * @param losses of which the client learned then
     * @param requests answered then
     * @param from time on the clock of {@link System#nanoTime}
     */
    static Impact of(List<Sample> connects, List<Loss> losses, long requests, long from) {
        Outages outages = Outages.of(connects, SLOW.toNanos());
        return new Impact(
                outages.attempts(),
                connects.stream()
                        .filter(sample -> sample.result() != Sample.Result.ANSWERED)
                        .map(sample -> FailedConnect.of(sample, from))
                        .toList(),
                outages.slow(),
                Duration.ofNanos(connects.stream()
                        .filter(sample -> sample.result() == Sample.Result.ANSWERED)
                        .mapToLong(sample -> sample.end() - sample.start())
                        .max()
                        .orElse(0)),
                Duration.ofNanos(outages.longestNanos()),
                Duration.ofNanos(outages.resolutionNanos()),
                requests,
                losses.stream().map(loss -> LostSession.of(loss, from)).toList());
    }

    /** How many new connections failed. */
    public int failed() {
        return failures.size();
    }

    /** How many long-lived connections broke. */
    public int lostSessions() {
        return lost.size();
    }
}
