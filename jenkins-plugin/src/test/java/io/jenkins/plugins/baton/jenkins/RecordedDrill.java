package io.jenkins.plugins.baton.jenkins;

import hudson.model.Run;
import io.jenkins.plugins.baton.fleet.report.DrillReport;
import io.jenkins.plugins.baton.fleet.report.ReportFiles;
import io.jenkins.plugins.baton.fleet.report.RunReport;
import io.jenkins.plugins.baton.jenkins.page.ControlPlaneAction;
import io.jenkins.plugins.baton.jenkins.result.DrillResult;
import io.jenkins.plugins.baton.jenkins.result.Outcome;

/** What {@code haFailoverTest} leaves with a build, without hosts to drill. */
final class RecordedDrill {
    private static final DrillResult.Demand DEMAND = new DrillResult.Demand(1_767_225_600_000L, 200);

    private RecordedDrill() {}

    /** @param json of a {@code RunReport} */
    static void with(Run<?, ?> build, String json) throws Exception {
        RunReport run = ReportFiles.parse(json);
        ControlPlaneAction action = ControlPlaneAction.of(build);
        int number = action.begin("haFailoverTest", "c.yaml");
        action.keepReport(number, json);
        action.update(number, result -> result.ofCluster(run.cluster()));
        for (DrillReport drill : run.drills()) {
            action.update(number, result -> result.drilled(DrillResult.of(drill, DEMAND)));
        }
        action.end(number, result -> result.ended(run.passed() ? Outcome.PASSED : Outcome.FAILED, run.refusal(), 1));
    }
}
