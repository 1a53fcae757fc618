package io.jenkins.plugins.baton.jenkins.history;

import io.jenkins.plugins.baton.jenkins.result.Outcome;

/**
 * The attempt of a drill.
 *
 * @param build number; 0: that build was deleted
 * @param step of the build, from 0
 * @param at when it began, in ms since 1970
 * @param outageMillis longest time in which no new connection of a client was served; 0 when nothing was measured
 */
public record Attempt(int build, int step, long at, Outcome outcome, double outageMillis) implements Finding {
    @Override
    public Attempt withoutBuild() {
        return new Attempt(0, step, at, outcome, outageMillis);
    }

    /** What counts of two: the later; of one step the worse, so that a good round does not hide a bad one. */
    Attempt and(Attempt other) {
        if (other == null) {
            return this;
        }
        if (build == other.build && step == other.step) {
            return new Attempt(
                    build,
                    step,
                    Math.max(at, other.at),
                    outcome.compareTo(other.outcome) >= 0 ? outcome : other.outcome,
                    Math.max(outageMillis, other.outageMillis));
        }
        return at >= other.at ? this : other;
    }
}
