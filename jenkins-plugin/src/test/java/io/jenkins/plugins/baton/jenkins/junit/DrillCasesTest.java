package io.jenkins.plugins.baton.jenkins.junit;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.Result;
import hudson.tasks.junit.CaseResult;
import hudson.tasks.junit.TestResultAction;
import io.jenkins.plugins.baton.jenkins.page.ControlPlaneAction;
import io.jenkins.plugins.baton.jenkins.result.DrillResult;
import io.jenkins.plugins.baton.jenkins.result.Outcome;
import io.jenkins.plugins.baton.jenkins.result.StepResult;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Drills in the pages of the JUnit plugin, without a file in the workspace. */
@WithJenkins
class DrillCasesTest {
    private static final DrillResult.Demand DEMAND = new DrillResult.Demand(1, 200);

    @Test
    void drillsAreTestCasesOfTheirBuildAndDoNotJudgeIt(JenkinsRule jenkins) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());

        drill(build, "agent-kill", true);
        drill(build, "partition", true);
        drill(build, "host-down", false);

        TestResultAction action = build.getAction(TestResultAction.class);
        assertThat(action.getTotalCount()).isEqualTo(2);
        assertThat(action.getFailedTests())
                .extracting(CaseResult::getName)
                .containsExactly("agent-kill on m1", "partition on m1");
        assertThat(action.getFailedTests().get(0).getClassName()).isEqualTo("baton.prod");
        assertThat(action.getFailedTests().get(0).getErrorStackTrace()).isEqualTo("<m3> & ? is down");
        assertThat(build.getResult()).isEqualTo(Result.SUCCESS);
    }

    private static void drill(FreeStyleBuild build, String scenario, boolean tested) throws Exception {
        ControlPlaneAction steps = ControlPlaneAction.of(build);
        int number = steps.begin("haFailoverTest", "c.yaml");
        DrillResult refused = DrillResult.unfinished(scenario, "m1", Outcome.REFUSED, "<m3> & \u0001 is down", DEMAND);
        steps.update(number, result -> {
            StepResult drilled = result.ofCluster("prod").drilled(refused);
            return tested ? drilled.tested() : drilled;
        });
        steps.end(number, result -> result.ended(Outcome.REFUSED, "", 2));
    }
}
