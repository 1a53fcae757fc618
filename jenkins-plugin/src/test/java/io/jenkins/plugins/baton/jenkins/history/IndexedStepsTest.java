package io.jenkins.plugins.baton.jenkins.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.jenkins.result.DrillResult;
import io.jenkins.plugins.baton.jenkins.result.Outcome;
import io.jenkins.plugins.baton.jenkins.result.StepResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndexedStepsTest {
    private static JobFindings found(StepResult result) {
        return IndexedSteps.with(JobFindings.NONE, 7, result);
    }

    private static StepResult step(String name) {
        return new StepResult(2, name, "c.yaml", 1000).ofCluster("prod");
    }

    private static StepResult drill(String scenario, Outcome outcome, long startedAt) {
        return step("haFailoverTest")
                .drilled(DrillResult.unfinished(scenario, "m1", outcome, "", new DrillResult.Demand(startedAt, 200)))
                .ended(outcome, "", 2000);
    }

    @Test
    void aDeploymentAndWhatItSawAreFound() {
        StepResult deployed = step("haDeploy")
                .seen(1900, "m2", List.of("m3 is late"))
                .deployed("0.1.0", List.of("m1"))
                .ended(Outcome.FAILED, "", 2000);

        assertThat(found(deployed).rollout()).isEqualTo(new Rollout(7, 2, 2000, "0.1.0", Outcome.FAILED));
        assertThat(found(deployed).sighting()).isEqualTo(new Sighting(7, 2, 1900, "m2", List.of("m3 is late")));
    }

    @Test
    void aPlanIsNoDeployment() {
        StepResult planned = step("haDeploy")
                .planned()
                .deployed("0.1.0", List.of())
                .seen(1900, "m2", List.of())
                .ended(Outcome.PASSED, "", 2000);

        assertThat(found(planned).rollout()).isNull();
        assertThat(found(planned).sighting().isSteady()).isTrue();
    }

    @Test
    void aStepThatSawNothingLeavesWhatWasSeenBefore() {
        JobFindings before = JobFindings.NONE.with(new Sighting(6, 0, 900, "m1", List.of()));

        assertThat(IndexedSteps.with(before, 7, step("haStatus").ended(Outcome.FAILED, "out of reach", 2000)))
                .isEqualTo(before);
    }

    @Test
    void aDrillOfTomorrowIsOneOfNow() {
        assertThat(found(drill("handover", Outcome.REFUSED, 9_000_000_000_000L)).misses())
                .containsEntry("handover", new Attempt(7, 2, 2000, Outcome.REFUSED, 0));
        assertThat(found(drill("handover", Outcome.LOST, 1500)).misses())
                .containsEntry("handover", new Attempt(7, 2, 1500, Outcome.LOST, 0));
        assertThat(found(drill("?", Outcome.ERROR, 1500))).isEqualTo(JobFindings.NONE);
    }
}
