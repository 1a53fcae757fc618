package io.jenkins.plugins.baton.fleet.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.report.DrillReport;
import io.jenkins.plugins.baton.fleet.report.RunReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeriesTest {
    private static final List<Plan> THREE = Stream.of(Scenario.HANDOVER, Scenario.AGENT_STOP, Scenario.AGENT_KILL)
            .map(SeriesTest::plan)
            .toList();

    private static Plan plan(Scenario scenario) {
        return new Plan(
                scenario,
                Optional.empty(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                new Plan.Limits(Duration.ofSeconds(1), OptionalInt.empty()),
                new Plan.Probing(
                        Duration.ofMillis(5),
                        Duration.ofSeconds(3),
                        Duration.ofMillis(500),
                        0,
                        Duration.ofSeconds(5),
                        Optional.empty()),
                1,
                Optional.empty());
    }

    private static DrillReport report(Plan plan, boolean passed) {
        return DrillReport.builder()
                .scenario(plan.scenario().word())
                .node("m1")
                .router("vip")
                .target("10.0.0.9:8443")
                .passed(passed)
                .figures(DrillReport.Figures.builder()
                        .resolutionMillis(5)
                        .attempts(1)
                        .build())
                .build();
    }

    @Test
    void aRunPassesWhenEveryDrillDid() throws Exception {
        RunReport run = new Series(plan -> report(plan, true), Progress.SILENT).run("c", "1", THREE);

        assertThat(run.passed()).isTrue();
        assertThat(run.drills())
                .extracting(DrillReport::scenario)
                .containsExactly("handover", "agent-stop", "agent-kill");
    }

    @Test
    void aFailedVerdictDoesNotStopTheOthersAndFailsTheRun() throws Exception {
        RunReport run = new Series(plan -> report(plan, plan.scenario() != Scenario.AGENT_STOP), Progress.SILENT)
                .run("c", "1", THREE);

        assertThat(run.passed()).isFalse();
        assertThat(run.drills()).hasSize(3);
    }

    @Test
    void aRefusalIsTheEndAndWhatWasFoundBeforeIsKept() throws Exception {
        Series series = new Series(SeriesTest::refuseToKill, Progress.SILENT);

        RunReport run = series.run("c", "1", THREE);

        assertThat(run.passed()).isFalse();
        assertThat(run.drills()).hasSize(2);
        assertThat(run.refusal()).isEqualTo("agent-kill: not steady");
        assertThat(run.unfinished())
                .isEqualTo(new RunReport.Unfinished("agent-kill", "", RunReport.Unfinished.REFUSED, "not steady"));
        assertThat(series.failure())
                .hasValueSatisfying(e -> assertThat(e.kind()).isEqualTo(FleetException.Kind.REFUSED));
    }

    private static DrillReport refuseToKill(Plan plan) throws FleetException {
        if (plan.scenario() == Scenario.AGENT_KILL) {
            throw FleetException.refused(List.of("not steady"));
        }
        return report(plan, true);
    }

    @Test
    void aRefusalOfTheFirstDrillIsAResultAndSoAreThoseThatWereToFollow() {
        Series series = new Series(SeriesTest::refuseToKill, Progress.SILENT);

        RunReport run = series.run("c", "1", List.of(plan(Scenario.AGENT_KILL), plan(Scenario.HANDOVER)));

        assertThat(run.passed()).isFalse();
        assertThat(run.drills()).isEmpty();
        assertThat(run.unfinished().reason()).isEqualTo("not steady");
        assertThat(run.notBegun()).containsExactly("handover");
        assertThat(series.failure()).isPresent();
    }

    @Test
    void aDrillThatTheOperatorEndsIsAborted() {
        Series series = new Series(SeriesTest::interrupted, Progress.SILENT);

        RunReport run = series.run("c", "1", THREE);
        assertThat(Thread.interrupted()).isTrue();

        assertThat(run.unfinished().outcome()).isEqualTo(RunReport.Unfinished.ABORTED);
    }

    private static DrillReport interrupted(Plan plan) throws FleetException {
        Thread.currentThread().interrupt();
        throw FleetException.failed(List.of("interrupted by the operator"));
    }

    @Test
    void everyDrillIsToldOfWhenItHasEnded() {
        List<String> told = new ArrayList<>();

        new Series(SeriesTest::refuseToKill, Progress.SILENT, report -> told.add(report.scenario()))
                .run("c", "1", THREE);

        assertThat(told).containsExactly("handover", "agent-stop");
    }
}
