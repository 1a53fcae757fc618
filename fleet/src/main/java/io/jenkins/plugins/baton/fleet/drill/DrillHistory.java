package io.jenkins.plugins.baton.fleet.drill;

import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.Map;

/** What is kept of earlier drills. */
@FunctionalInterface
public interface DrillHistory {
    /**
     * @param cluster as its file names it
     * @return what is known of each scenario; one that was never tried may be missing
     */
    Map<Scenario, Tried> of(String cluster) throws IOException;

    /**
     * When a scenario was tried.
     *
     * @param drilled when the last drill that was measured to its end began; null: never
     * @param refused when the last attempt without such an end began, as a refusal or an abort; null: never
     */
    record Tried(Instant drilled, Instant refused) implements Serializable {
        public static final Tried NEVER = new Tried(null, null);

        /** Of two records of one scenario, what is later. */
        public Tried and(Tried other) {
            return new Tried(later(drilled, other.drilled), later(refused, other.refused));
        }

        private static Instant later(Instant one, Instant other) {
            if (one == null || other == null) {
                return one == null ? other : one;
            }
            return one.isAfter(other) ? one : other;
        }

        /** Whether the last attempt was no drill. */
        boolean wasRefused() {
            return refused != null && refused.equals(last());
        }

        /** Null: never tried. */
        Instant last() {
            return later(drilled, refused);
        }
    }
}
