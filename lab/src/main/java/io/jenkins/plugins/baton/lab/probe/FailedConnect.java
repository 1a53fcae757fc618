package io.jenkins.plugins.baton.lab.probe;

import io.jenkins.plugins.baton.probe.Sample;
import java.time.Duration;

/**
 * How a new connection failed.
 *
 * @param result what the client was told
 * @param began when it began, since the beginning of what is looked at
 * @param took from then until the client knew
 */
public record FailedConnect(Sample.Result result, Duration began, Duration took) {

    static FailedConnect of(Sample sample, long from) {
        return new FailedConnect(
                sample.result(),
                Duration.ofNanos(sample.start() - from),
                Duration.ofNanos(sample.end() - sample.start()));
    }

    @Override
    public String toString() {
        return "%s %d ms after a connect at %d ms".formatted(result, took.toMillis(), began.toMillis());
    }
}
