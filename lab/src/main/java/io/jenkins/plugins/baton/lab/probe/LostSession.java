package io.jenkins.plugins.baton.lab.probe;

import java.time.Duration;

/**
 * How a long-lived connection broke.
 *
 * @param connection which one: the port of the client, and the node whose backend answered
 * @param outcome what the client was told
 * @param asked when the request was sent that was not answered, since the beginning of what is looked at
 * @param waited from then until the client knew
 */
public record LostSession(String connection, String outcome, Duration asked, Duration waited) {
    static LostSession of(Observation request, long from) {
        return new LostSession(
                request.connection(),
                request.outcome().toString(),
                Duration.ofNanos(request.start() - from),
                Duration.ofNanos(request.durationNanos()));
    }

    @Override
    public String toString() {
        return "%s: %s %d ms after a request at %d ms"
                .formatted(connection, outcome, waited.toMillis(), asked.toMillis());
    }
}
