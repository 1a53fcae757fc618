package io.jenkins.plugins.baton.jenkins.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.fleet.drill.Scenario;
import io.jenkins.plugins.baton.jenkins.result.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobFindingsTest {
    private static Attempt attempt(int build, long at, Outcome outcome, double outage) {
        return new Attempt(build, 0, at, outcome, outage);
    }

    private static JobFindings with(Attempt... attempts) {
        JobFindings findings = JobFindings.NONE;
        for (Attempt attempt : attempts) {
            findings = findings.with(Scenario.PARTITION, attempt);
        }
        return findings;
    }

    @Test
    void theLaterDrillCountsWhicheverEndsFirst() {
        Attempt earlier = attempt(1, 100, Outcome.FAILED, 9);
        Attempt later = attempt(2, 200, Outcome.PASSED, 1);

        assertThat(with(earlier, later).drills()).containsEntry("partition", later);
        assertThat(with(later, earlier).drills()).containsEntry("partition", later);
    }

    @Test
    void ofTheRoundsOfOneStepTheWorstCounts() {
        assertThat(with(attempt(1, 100, Outcome.FAILED, 9), attempt(1, 110, Outcome.PASSED, 1))
                        .drills())
                .containsEntry("partition", attempt(1, 110, Outcome.FAILED, 9));
    }

    @Test
    void anAttemptThatWasNoDrillLeavesTheDrillsAsTheyAre() {
        JobFindings findings = with(
                attempt(1, 100, Outcome.PASSED, 1),
                attempt(2, 200, Outcome.REFUSED, 0),
                attempt(3, 300, Outcome.LOST, 0));

        assertThat(findings.drills()).containsEntry("partition", attempt(1, 100, Outcome.PASSED, 1));
        assertThat(findings.misses()).containsEntry("partition", attempt(3, 300, Outcome.LOST, 0));
        assertThat(findings.lastAt()).isEqualTo(300);
    }

    @Test
    void aDeletedBuildLeavesWhatItFoundOut() {
        JobFindings findings = with(attempt(1, 100, Outcome.PASSED, 1), attempt(2, 200, Outcome.REFUSED, 0))
                .with(new Sighting(2, 1, 250, "m1", List.of()))
                .with(new Rollout(1, 1, 90, "r", Outcome.PASSED));

        JobFindings left = findings.withoutBuild(2);
        assertThat(left.sighting()).isEqualTo(new Sighting(0, 1, 250, "m1", List.of()));
        assertThat(left.misses()).containsEntry("partition", attempt(0, 200, Outcome.REFUSED, 0));
        assertThat(left.drills()).isEqualTo(findings.drills());
        assertThat(left.rollout()).isEqualTo(findings.rollout());
        assertThat(findings.withoutBuild(9)).isEqualTo(findings);
    }

    @Test
    void textsOfNodesAreCutToALengthThatAnIndexCanHave() {
        Sighting sighting =
                new Sighting(1, 0, 1, "m".repeat(5000), java.util.Collections.nCopies(99, "x".repeat(5000)));

        assertThat(sighting.holder()).hasSize(200).endsWith("…");
        assertThat(sighting.missing())
                .hasSize(8)
                .allSatisfy(sentence -> assertThat(sentence).hasSize(400));
    }

    @Test
    void aFolderTakesTheFindingsOfItsJobsAlongAndOfNoOther() {
        JobFindings found = with(attempt(1, 1, Outcome.PASSED, 1));
        ClusterFindings before = ClusterFindings.none("c")
                .with("team", found)
                .with("team/a", found)
                .with("team-b", found);

        assertThat(before.renamed("team", "group/team").jobs())
                .containsOnlyKeys("group/team", "group/team/a", "team-b");
    }
}
