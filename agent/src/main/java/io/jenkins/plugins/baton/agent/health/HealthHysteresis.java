package io.jenkins.plugins.baton.agent.health;

import io.jenkins.plugins.baton.cluster.Timing;
import io.jenkins.plugins.baton.jmx.Health;

/**
 * The hysteresis of a health check: how many equal answers in a row change what is believed.
 *
 * <p>The first answer decides at once. After it {@code fall} failures in a row lead to DOWN and {@code rise} successes
 * in a row back to UP. Where draining is asked for, an answer that says "not ready" leads from UP to DRAIN at once: the
 * server has told us itself that it is going away, and waiting would send it connections that it is about to lose.
 *
 * @param failures failures in a row up to now
 * @param successes successes in a row up to now
 */
public record HealthHysteresis(Health health, int failures, int successes) {

    public static final HealthHysteresis UNKNOWN = new HealthHysteresis(Health.UNKNOWN, 0, 0);

    /**
     * What is believed after one more answer.
     *
     * @param drains whether "not ready" means DRAIN at once; otherwise it is a failure like any other
     */
    public HealthHysteresis after(Outcome.Kind kind, Timing timing, boolean drains) {
        if (kind == Outcome.Kind.NOT_ASKED) {
            return this;
        }
        if (kind == Outcome.Kind.PASSED) {
            int inRow = increment(successes);
            boolean up = health == Health.UNKNOWN || inRow >= timing.rise();
            return new HealthHysteresis(up ? Health.UP : health, 0, inRow);
        }
        int inRow = increment(failures);
        if (health == Health.UNKNOWN || inRow >= timing.fall()) {
            return new HealthHysteresis(Health.DOWN, inRow, 0);
        }
        boolean drain = drains && health == Health.UP && kind == Outcome.Kind.NOT_READY;
        return new HealthHysteresis(drain ? Health.DRAIN : health, inRow, 0);
    }

    /** Whether the latest answers contradict what is believed, so that the next one is wanted soon. */
    public boolean contradicted() {
        return switch (health) {
            case UNKNOWN, DRAIN -> true;
            case UP -> failures > 0;
            case DOWN -> successes > 0;
        };
    }

    /** Counts up and stays at the end: a check may fail for years. */
    private static int increment(int count) {
        return count == Integer.MAX_VALUE ? count : count + 1;
    }
}
