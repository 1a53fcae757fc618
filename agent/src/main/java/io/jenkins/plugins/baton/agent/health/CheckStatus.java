package io.jenkins.plugins.baton.agent.health;

import io.jenkins.plugins.baton.jmx.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a health check stands: an immutable picture, safe to read from any thread.
 *
 * @param since when the present health began
 * @param lastResult what the last check saw; before the first, why there is none
 * @param lastAt when the last check ended
 * @param lastDuration how long it took
 * @param consecutiveFailures failures in a row up to now
 */
public record CheckStatus(
        Health health,
        Instant since,
        String lastResult,
        Optional<Instant> lastAt,
        Duration lastDuration,
        int consecutiveFailures) {

    /** The status until the first answer. */
    public static CheckStatus initial(HealthHysteresis hysteresis, Instant now) {
        return new CheckStatus(
                hysteresis.health(), now, "not checked yet", Optional.empty(), Duration.ZERO, hysteresis.failures());
    }

    /** The status of something that nobody checks: up, for good. */
    public static CheckStatus unchecked(Instant now) {
        return new CheckStatus(Health.UP, now, "no check configured", Optional.empty(), Duration.ZERO, 0);
    }
}
