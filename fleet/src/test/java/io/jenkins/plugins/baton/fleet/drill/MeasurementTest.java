package io.jenkins.plugins.baton.fleet.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.fleet.Example;
import io.jenkins.plugins.baton.fleet.Targets;
import io.jenkins.plugins.baton.fleet.report.DrillReport;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Phase;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Rule;
import io.jenkins.plugins.baton.probe.LongLived;
import io.jenkins.plugins.baton.probe.Sample;
import io.jenkins.plugins.baton.probe.Sample.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** m1 is killed at 0, m2 is MASTER 100 ms later and says so after 150 ms; clients fail from 0 to 120 ms. */
class MeasurementTest {
    private final Recording recording = new Recording();
    private final List<Sample> samples = new ArrayList<>();
    private final List<LongLived.Loss> losses = new ArrayList<>();
    private final List<String> trouble = new ArrayList<>();

    private static long ms(long millis) {
        return millis * 1_000_000;
    }

    private final List<Sample> requests = new ArrayList<>();

    private DrillReport report() {
        recording.add(new Recording.Seen(
                ms(-1000),
                Example.node("m1", "MASTER", "m1", "UP", "2026-01-01T00:00:09.000Z", "2026-01-01T00:00:08.500Z")));
        recording.noData(ms(10), "m1", "its agent stopped answering");
        recording.add(new Recording.Seen(
                ms(-1000),
                Example.node("m2", "BACKUP", "m1", "UP", "2026-01-01T00:00:09.000Z", "2026-01-01T00:00:08.500Z")));
        recording.add(new Recording.Seen(
                ms(150),
                Example.node("m2", "MASTER", "m2", "DOWN", "2026-01-01T00:00:10.150Z", "2026-01-01T00:00:10.100Z")));
        recording.add(new Recording.Seen(
                ms(700),
                Example.node("m2", "MASTER", "m2", "UP", "2026-01-01T00:00:10.700Z", "2026-01-01T00:00:10.100Z")));
        for (long at = -100; at < 1000; at += 5) {
            boolean bad = at >= 0 && at < 120;
            samples.add(new Sample(ms(at), ms(at + 1), bad ? Result.REFUSED : Result.ANSWERED));
        }
        Cluster cluster = Example.cluster().cluster();
        Plan plan = new Plan(
                Scenario.AGENT_KILL,
                Optional.empty(),
                Duration.ofMillis(500),
                Duration.ofSeconds(9),
                new Plan.Limits(Duration.ofMillis(100), OptionalInt.of(1)),
                new Plan.Probing(
                        Duration.ofMillis(5),
                        Duration.ofSeconds(3),
                        Duration.ofMillis(500),
                        4,
                        Duration.ofSeconds(5),
                        Optional.empty()),
                1,
                Optional.empty());
        Frontend frontend = cluster.frontends().get(0);
        DrillTarget target = new DrillTarget(
                cluster,
                cluster.virtualRouters().get(0),
                frontend,
                Targets.of(cluster, frontend).get(0),
                "m1",
                "m1");
        Timeline timeline = new Timeline(Instant.EPOCH, 0, ms(500), ms(1000));
        Observations observations = new Observations(samples, 4, losses, requests, recording, 1.5);
        return new Measurement(plan, target, timeline, observations, trouble).report();
    }

    @Test
    void theClientsOutageAndTheTakeoverAreMeasuredFromTheFault() {
        DrillReport.Figures figures = report().figures();

        assertThat(figures.outageMillis()).isEqualTo(120);
        assertThat(figures.failedConnects()).isEqualTo(24);
        assertThat(figures.newHolder()).isEqualTo("m2");
        assertThat(figures.newHolderMillis()).isEqualTo(100);
        assertThat(figures.backendsUpMillis()).isEqualTo(700);
        assertThat(figures.longLivedLost()).isZero();
    }

    @Test
    void theVerdictNamesTheRuleThatWasBroken() {
        DrillReport report = report();

        assertThat(report.passed()).isFalse();
        assertThat(report.verdict().stream().filter(rule -> !rule.passed()))
                .containsExactly(new Rule("longest outage at most 100 ms", "120 ms", false));
    }

    @Test
    void lostConnectionsAndTroubleBreakTheirRulesToo() {
        losses.add(loss(20));
        losses.add(loss(30));
        trouble.add("not steady");

        assertThat(report().verdict()).extracting(Rule::passed).containsExactly(false, false, false);
    }

    @Test
    void theSwimLanesShowWhoWasWhatSinceWhen() {
        DrillReport report = report();

        assertThat(report.holders().get(0).phases())
                .containsExactly(new Phase("MASTER", -1500, 10), new Phase("NO_DATA", 10, 1000));
        assertThat(report.holders().get(1).phases())
                .containsExactly(new Phase("BACKUP", -1500, 100), new Phase("MASTER", 100, 1000));
        assertThat(report.holders().get(2).phases()).isEmpty();
    }

    @Test
    void aKilledAgentIsNoMasterDuringTheFault() {
        DrillReport report = report();

        assertThat(report.stages().get(0).nodes().get(0).noData()).isFalse();
        DrillReport.NodeState during = report.stages().get(1).nodes().get(0);
        assertThat(during.node()).isEqualTo("m1");
        assertThat(during.noData()).isTrue();
        assertThat(report.stages().get(1).nodes().get(1).noData()).isFalse();
        assertThat(recording.view(List.of("m1", "m2", "m3"), ms(300)).unanswered())
                .containsOnlyKeys("m1", "m3");
        assertThat(recording.view(List.of("m1", "m2"), ms(0)).unanswered()).isEmpty();
    }

    @Test
    void eachStageHasTheLatestWordOfEachNodeWithItsAge() {
        DrillReport.Stage before = report().stages().get(0);

        assertThat(before.nodes()).extracting(DrillReport.NodeState::node).containsExactly("m1", "m2", "m3");
        assertThat(before.nodes().get(0).ageMillis()).isBetween(999.0, 1000.0);
        assertThat(before.nodes().get(2).status()).isNull();
    }

    @Test
    void requestsOnAKeptConnectionAreCountedWhereTheyWereAskedFor() {
        assertThat(report().requests()).isNull();
        requests.add(new Sample(ms(0), ms(2), Result.ANSWERED));
        requests.add(new Sample(ms(10), ms(90), Result.RESET));
        requests.add(new Sample(ms(100), ms(130), Result.ANSWERED));

        assertThat(report().requests()).isEqualTo(new DrillReport.Requests(3, 1, 80));
    }

    @Test
    void theTimelineIsInOrder() {
        losses.add(loss(20));

        assertThat(report().timeline()).extracting(DrillReport.Event::atMillis).isSorted();
    }

    private static LongLived.Loss loss(int atMillis) {
        return new LongLived.Loss(40000, "ok", ms(atMillis), ms(atMillis), "Connection reset");
    }
}
