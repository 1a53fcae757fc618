package io.jenkins.plugins.baton.agent.health;

import io.jenkins.plugins.baton.jmx.Health;
import java.time.Instant;

/**
 * The health of something changed.
 *
 * @param reason what the deciding check saw, or who decided
 */
public record HealthChange(Health from, Health to, String reason, Instant at) {

    /** Hears of changes. Called on the thread that found out: return quickly, do not block. */
    @FunctionalInterface
    public interface Listener {
        void changed(HealthChange change);
    }
}
