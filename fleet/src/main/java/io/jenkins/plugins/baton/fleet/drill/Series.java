package io.jenkins.plugins.baton.fleet.drill;

import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.Times;
import io.jenkins.plugins.baton.fleet.report.DrillReport;
import io.jenkins.plugins.baton.fleet.report.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Drills one after the other. The first that is refused, or cannot be carried through, is the last; what the ones before
 * it found is reported all the same.
 */
public final class Series {
    /** Carries out one plan. */
    @FunctionalInterface
    public interface Runner {
        DrillReport run(Plan plan) throws FleetException;
    }

    private final Runner runner;
    private final Progress progress;
    private Optional<FleetException.Kind> stopped = Optional.empty();

    public Series(Runner runner, Progress progress) {
        this.runner = runner;
        this.progress = progress;
    }

    /**
     * @throws FleetException when the first drill did not come to an end: there is nothing to report
     */
    public RunReport run(String cluster, String version, List<Plan> plans) throws FleetException {
        List<DrillReport> reports = new ArrayList<>();
        String refusal = "";
        for (Plan plan : plans) {
            try {
                DrillReport report = runner.run(plan);
                reports.add(report);
                progress.say(summary(report));
            } catch (FleetException e) {
                if (reports.isEmpty()) {
                    throw e;
                }
                stopped = Optional.of(e.kind());
                refusal = plan.scenario().word() + ": " + e.getMessage();
                progress.say("stopping: " + refusal);
                break;
            }
        }
        boolean passed = refusal.isEmpty() && reports.stream().allMatch(DrillReport::passed);
        return new RunReport(RunReport.FORMAT, version, cluster, passed, reports, refusal);
    }

    /** Of what kind the refusal was; empty when all drills came to their end. */
    public Optional<FleetException.Kind> stopped() {
        return stopped;
    }

    private static String summary(DrillReport report) {
        DrillReport.Figures figures = report.figures();
        return (report.passed() ? "passed: " : "FAILED: ") + report.scenario() + " on " + report.node()
                + ", longest outage " + Times.text(figures.outageMillis()) + ", failed connects "
                + figures.failedConnects() + " of " + figures.attempts() + ", long-lived connections lost "
                + figures.longLivedLost() + " of " + figures.longLived()
                + (figures.newHolder().isEmpty()
                        ? ""
                        : ", " + figures.newHolder() + " took over after " + Times.text(figures.newHolderMillis()));
    }
}
