package io.jenkins.plugins.baton.jenkins;

import hudson.model.Run;
import io.jenkins.plugins.baton.fleet.report.DrillReport;
import io.jenkins.plugins.baton.fleet.report.ReportFiles;
import io.jenkins.plugins.baton.fleet.report.RunReport;
import io.jenkins.plugins.baton.jenkins.page.ControlPlaneAction;
import io.jenkins.plugins.baton.jenkins.page.StepReceiver;
import io.jenkins.plugins.baton.jenkins.result.Outcome;

/** What {@code haFailoverTest} leaves with a build, without hosts to drill. */
final class RecordedDrill {
    private static final double MAX_OUTAGE_MILLIS = 200;

    private RecordedDrill() {}

    /** @param json of a {@code RunReport} */
    static void with(Run<?, ?> build, String json) throws Exception {
        RunReport run = ReportFiles.parse(json);
        ControlPlaneAction action = ControlPlaneAction.of(build);
        int number = action.begin("haFailoverTest", "c.yaml");
        StepReceiver receiver = new StepReceiver(build, number, MAX_OUTAGE_MILLIS);
        receiver.cluster(run.cluster());
        for (DrillReport drill : run.drills()) {
            receiver.drill(ReportFiles.json(drill));
        }
        long now = System.currentTimeMillis();
        action.end(number, result -> result.ended(run.passed() ? Outcome.PASSED : Outcome.FAILED, run.refusal(), now));
    }
}
