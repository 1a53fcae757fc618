package io.jenkins.plugins.baton.fleet.drill;

import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.report.DrillReport;
import io.jenkins.plugins.baton.fleet.report.RunReport;
import io.jenkins.plugins.baton.fleet.report.RunReport.Unfinished;
import io.jenkins.plugins.baton.jmx.text.HumanUnits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Drills one after the other. The first that is refused, or cannot be carried through, is the last; it is a result as the
 * ones before it are.
 */
public final class Series {
    /** Carries out one plan. */
    @FunctionalInterface
    public interface Runner {
        DrillReport run(Plan plan) throws FleetException;
    }

    private final Runner runner;
    private final Progress progress;
    private final Consumer<DrillReport> each;
    private Optional<FleetException> failure = Optional.empty();

    public Series(Runner runner, Progress progress) {
        this(runner, progress, report -> {});
    }

    /** @param each hears of every drill that came to its end, when it has */
    public Series(Runner runner, Progress progress, Consumer<DrillReport> each) {
        this.runner = runner;
        this.progress = progress;
        this.each = each;
    }

    public RunReport run(String cluster, String version, List<Plan> plans) {
        List<DrillReport> reports = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            try {
                DrillReport report = runner.run(plans.get(i));
                reports.add(report);
                each.accept(report);
                progress.say(summary(report));
            } catch (FleetException e) {
                failure = Optional.of(e);
                RunReport run = RunReport.broken(
                        version,
                        cluster,
                        reports,
                        unfinished(plans.get(i), e),
                        words(plans.subList(i + 1, plans.size())));
                if (!reports.isEmpty()) {
                    progress.say("stopping: " + run.refusal());
                }
                return run;
            }
        }
        return RunReport.complete(version, cluster, reports);
    }

    /** Why a drill did not run to its end; empty when all did. */
    public Optional<FleetException> failure() {
        return failure;
    }

    private static Unfinished unfinished(Plan plan, FleetException e) {
        String outcome = Thread.currentThread().isInterrupted()
                ? Unfinished.ABORTED
                : e.kind() == FleetException.Kind.REFUSED ? Unfinished.REFUSED : Unfinished.ERROR;
        return new Unfinished(plan.scenario().word(), plan.node().orElse(""), outcome, e.getMessage());
    }

    private static List<String> words(List<Plan> plans) {
        return plans.stream().map(plan -> plan.scenario().word()).toList();
    }

    private static String summary(DrillReport report) {
        DrillReport.Figures figures = report.figures();
        return (report.passed() ? "passed: " : "FAILED: ") + report.scenario() + " on " + report.node()
                + ", longest outage " + HumanUnits.measured(figures.outageMillis()) + ", failed connects "
                + figures.failedConnects() + " of " + figures.attempts() + ", long-lived connections lost "
                + figures.longLivedLost() + " of " + figures.longLived()
                + (figures.newHolder().isEmpty()
                        ? ""
                        : ", " + figures.newHolder() + " took over after "
                                + HumanUnits.measured(figures.newHolderMillis()));
    }
}
