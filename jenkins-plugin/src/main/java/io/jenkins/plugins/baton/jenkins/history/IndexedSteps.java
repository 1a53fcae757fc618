package io.jenkins.plugins.baton.jenkins.history;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.baton.fleet.drill.Scenario;
import io.jenkins.plugins.baton.jenkins.result.DrillResult;
import io.jenkins.plugins.baton.jenkins.result.StepResult;
import io.jenkins.plugins.baton.jenkins.result.StepResultListener;
import io.jenkins.plugins.baton.jenkins.settings.BatonClusters;
import io.jenkins.plugins.baton.jenkins.settings.NamedCluster;

/** Adds every step that ended to the index. One whose cluster is not known, because its file could not be read, adds nothing. */
@Extension
public final class IndexedSteps extends StepResultListener {
    private static final String DEPLOYMENT = "haDeploy";

    @Override
    public void onEnded(Run<?, ?> build, StepResult result) {
        String cluster =
                result.getCluster().isEmpty() ? named(result.getSource(), build.getParent()) : result.getCluster();
        if (!cluster.isEmpty()) {
            ClusterIndex.get()
                    .add(
                            build.getParent().getFullName(),
                            cluster,
                            findings -> with(findings, build.getNumber(), result));
        }
    }

    private static String named(String source, Item job) {
        return BatonClusters.get()
                .named(source, job)
                .map(NamedCluster::clusterName)
                .orElse("");
    }

    public static JobFindings with(JobFindings before, int build, StepResult result) {
        JobFindings findings = before;
        int step = result.getNumber();
        if (result.getSeenAt() > 0) {
            findings = findings.with(
                    new Sighting(build, step, result.getSeenAt(), result.getHolder(), result.getMissing()));
        }
        if (result.getStep().equals(DEPLOYMENT) && !result.isPlan()) {
            findings = findings.with(
                    new Rollout(build, step, result.getEndedAt(), result.getRelease(), result.getOutcome()));
        }
        for (DrillResult drill : result.getDrills()) {
            // By the clock of a Jenkins node, which may be wrong: a drill of tomorrow would be the last one for ever.
            long at = drill.getStartedAt() > 0
                    ? Math.min(drill.getStartedAt(), result.getEndedAt())
                    : result.getBeganAt();
            Attempt attempt = new Attempt(build, step, at, drill.getOutcome(), drill.getOutageMillis());
            JobFindings known = findings;
            findings = Scenario.of(drill.getScenario())
                    .map(scenario -> known.with(scenario, attempt))
                    .orElse(known);
        }
        return findings;
    }
}
