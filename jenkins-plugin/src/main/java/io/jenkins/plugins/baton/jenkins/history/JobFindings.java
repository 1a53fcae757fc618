package io.jenkins.plugins.baton.jenkins.history;

import io.jenkins.plugins.baton.fleet.drill.Scenario;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The last that the builds of one job found out about one cluster.
 *
 * @param sighting null: none
 * @param rollout null: none
 * @param drills by the scenario's word, the last that was measured to its end
 * @param misses by the scenario's word, the last attempt that was not
 */
public record JobFindings(
        Sighting sighting, Rollout rollout, Map<String, Attempt> drills, Map<String, Attempt> misses) {
    static final JobFindings NONE = new JobFindings(null, null, null, null);

    public JobFindings {
        drills = drills == null ? Map.of() : Map.copyOf(drills);
        misses = misses == null ? Map.of() : Map.copyOf(misses);
    }

    public JobFindings with(Sighting seen) {
        return sighting != null && sighting.at() > seen.at() ? this : new JobFindings(seen, rollout, drills, misses);
    }

    public JobFindings with(Rollout deployed) {
        return rollout != null && rollout.at() > deployed.at()
                ? this
                : new JobFindings(sighting, deployed, drills, misses);
    }

    public JobFindings with(Scenario scenario, Attempt attempt) {
        return attempt.outcome().isJudged()
                ? new JobFindings(sighting, rollout, merged(drills, scenario, attempt), misses)
                : new JobFindings(sighting, rollout, drills, merged(misses, scenario, attempt));
    }

    private static Map<String, Attempt> merged(Map<String, Attempt> all, Scenario scenario, Attempt attempt) {
        Map<String, Attempt> merged = new TreeMap<>(all);
        merged.merge(scenario.word(), attempt, (known, one) -> one.and(known));
        return merged;
    }

    /** When something was found out last, in ms since 1970. */
    long lastAt() {
        return Stream.concat(
                        Stream.of(sighting, rollout), Stream.concat(drills.values().stream(), misses.values().stream()))
                .filter(finding -> finding != null)
                .flatMapToLong(finding -> LongStream.of(finding.at()))
                .max()
                .orElse(0);
    }

    /** The build was deleted: what it found out stays, and no link leads to it. */
    JobFindings withoutBuild(int build) {
        return new JobFindings(
                sighting != null && sighting.build() == build ? sighting.withoutBuild() : sighting,
                rollout != null && rollout.build() == build ? rollout.withoutBuild() : rollout,
                each(drills, one -> one.build() == build ? one.withoutBuild() : one),
                each(misses, one -> one.build() == build ? one.withoutBuild() : one));
    }

    private static Map<String, Attempt> each(Map<String, Attempt> all, UnaryOperator<Attempt> change) {
        Map<String, Attempt> changed = new TreeMap<>(all);
        changed.replaceAll((scenario, attempt) -> change.apply(attempt));
        return changed;
    }
}
