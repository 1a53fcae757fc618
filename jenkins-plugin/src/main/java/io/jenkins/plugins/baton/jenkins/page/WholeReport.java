package io.jenkins.plugins.baton.jenkins.page;

import io.jenkins.plugins.baton.fleet.report.ReportFiles;
import io.jenkins.plugins.baton.fleet.report.RunReport;
import io.jenkins.plugins.baton.jenkins.release.BundledRelease;
import io.jenkins.plugins.baton.jenkins.result.DrillResult;
import io.jenkins.plugins.baton.jenkins.result.FailoverResult;
import io.jenkins.plugins.baton.jenkins.result.StepResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerResponse2;

/** The report of a step's drills as {@code report.json} has it, for who downloads it. It is copied, not parsed. */
final class WholeReport {
    private final StepFiles files;
    private final StepResult step;
    private final int run;

    /** @param run how many steps of the build drilled before */
    WholeReport(StepFiles files, StepResult step, int run) {
        this.files = files;
        this.step = step;
        this.run = run;
    }

    void serve(StaplerResponse2 response) throws IOException {
        Path former = files.formerRun(run);
        List<Path> drills = files.drills(step.getNumber(), step.getDrills().size());
        if (former == null && drills.isEmpty() && unfinished() == null) {
            throw HttpResponses.notFound();
        }
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        try (OutputStream out = response.getOutputStream()) {
            if (former == null) {
                ReportFiles.assemble(rest(), drills, out);
            } else {
                Files.copy(former, out);
            }
        }
    }

    private RunReport rest() throws IOException {
        FailoverResult result = FailoverResult.of(step);
        return new RunReport(
                RunReport.FORMAT,
                BundledRelease.version(),
                result.getCluster(),
                result.isPassed(),
                List.of(),
                result.getRefusal(),
                unfinished(),
                List.of());
    }

    /** Null when all drills ran to their end. */
    private RunReport.Unfinished unfinished() {
        return step.getDrills().stream()
                .filter(drill -> !drill.getOutcome().isJudged())
                .map(WholeReport::unfinished)
                .reduce(null, (earlier, later) -> later);
    }

    private static RunReport.Unfinished unfinished(DrillResult drill) {
        String outcome = switch (drill.getOutcome()) {
            case REFUSED -> RunReport.Unfinished.REFUSED;
            case ABORTED -> RunReport.Unfinished.ABORTED;
            default -> RunReport.Unfinished.ERROR;
        };
        return new RunReport.Unfinished(drill.getScenario(), drill.getNode(), outcome, drill.getMessage());
    }
}
