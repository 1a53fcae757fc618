package io.jenkins.plugins.baton.jenkins.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a pipeline puts into a description or a message. */
class SummaryTest {
    private static final DrillResult.Demand DEMAND = new DrillResult.Demand(1, 200);

    @Test
    void aVerdictWithSeveralFactsIsOneLineOrAList() {
        StatusResult odd = new StatusResult(
                "prod", Map.of("vip", ""), List.of("m3 answers\nnothing", "no backend"), List.of(), Map.of());

        assertThat(odd.getSummary())
                .isEqualTo("prod is not steady: no single node holds the address; m3 answers; nothing; no backend");
        assertThat(odd.getSummaryMarkdown())
                .isEqualTo(
                        "**prod is not steady**\n\n- no single node holds the address\n- m3 answers; nothing\n- no backend");
    }

    @Test
    void whatANodeSaysIsTextInMarkdownToo() {
        WaitResult steady = new WaitResult("prod", Map.of("vip", "<img src=x>*m1*"), 3200);

        assertThat(steady.getSummary()).isEqualTo("prod is steady: <img src=x>*m1* holds the address; waited 3.2 s");
        assertThat(steady.getSummaryMarkdown()).contains("\\<img src=x\\>\\*m1\\* holds the address");
    }

    @Test
    void aDrillThatDidNotRunToItsEndSaysWhy() {
        StepResult step = new StepResult(0, "haFailoverTest", "c.yaml", 1)
                .ofCluster("prod")
                .drilled(DrillResult.unfinished("agent-kill", "m1", Outcome.REFUSED, "m3 is down", DEMAND));

        assertThat(FailoverResult.of(step).getSummary())
                .isEqualTo("prod: not passed: agent-kill on m1 refused: m3 is down");
    }

    @Test
    void aDeploymentSaysWhatItChangedOrThatNothingHadTo() {
        assertThat(new DeployResult("prod", "0.1.0", List.of("m2", "m1"), List.of("a"), List.of(), false).getSummary())
                .isEqualTo("0.1.0 on prod: deployed to m2, m1; 1 warning");
        assertThat(new DeployResult("prod", "0.1.0", List.of(), List.of(), List.of(), false).getSummary())
                .isEqualTo("0.1.0 on prod: nothing had to change");
        assertThat(new DeployResult("prod", "0.1.0", List.of(), List.of(), List.of("m1: upgrade"), true).getSummary())
                .isEqualTo("0.1.0 on prod, planned only: m1: upgrade");
    }
}
