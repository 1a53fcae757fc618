package io.jenkins.plugins.baton.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.baton.jenkins.page.ControlPlaneAction;
import io.jenkins.plugins.baton.jenkins.result.MaintenancePhase;
import io.jenkins.plugins.baton.jenkins.result.MaintenanceResult;
import io.jenkins.plugins.baton.jenkins.result.Outcome;
import io.jenkins.plugins.baton.jenkins.result.StepResult;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A node is out of service while a body runs, and back whatever became of the body. */
@ExtendWith(SharedLab.class)
class MaintenanceTest {
    private static final String CLUSTER = "cluster: 'c.yaml', credentialsId: 'nodes'";
    private static final String WHOLE = "haWaitForVip " + CLUSTER + ", stable: '1s', timeout: '5m'\n";

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path folder;

    private static String maintenance(String options, String body) {
        return "haMaintenance(" + CLUSTER + ", node: 'm3', drainTimeout: '2s'" + options + ") {\n" + body + "\n}\n";
    }

    private static final String UNTIL_ABORTED = "echo 'the body runs'\nsleep 600\n";

    /** One step that needs no Jenkins node: while the controller goes down, a step that begins then finds none and fails. */
    private static final String ACROSS_THE_RESTART = "echo 'the body runs'\nsleep 45\n";

    private static StepResult last(WorkflowRun build) {
        return build.getAction(ControlPlaneAction.class).getSteps().stream()
                .filter(step -> step.getStep().equals("haMaintenance"))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private static boolean isOut(SystemdLab lab) {
        return lab.ssh("m3", "/opt/baton/current/bin/baton-agent status --json").contains("\"suspended\":true")
                && lab.ssh("m1", "ls /var/lib/baton 2> /dev/null; true").contains("maintenance");
    }

    private static void assertBack(SystemdLab lab) {
        assertThat(isOut(lab)).isFalse();
        lab.names()
                .forEach(node -> assertThat(lab.ssh(node, "ls -d /var/lib/baton 2> /dev/null; true"))
                        .as(node)
                        .isBlank());
    }

    @Test
    void theNodeIsBackAfterABodyThatSucceedsFailsOrIsAborted(SystemdLab lab) throws Throwable {
        sessions.then(jenkins -> {
            OperatorNode.add(jenkins, lab, folder);
            WorkflowRun build = jenkins.buildAndAssertSuccess(
                    OperatorNode.job(
                            jenkins,
                            lab,
                            "good",
                            "haDeploy " + CLUSTER + "\n" + WHOLE + "def r = "
                                    + maintenance(
                                            ", probe: true",
                                            "echo \"on ${env.BATON_NODE} at ${env.BATON_NODE_ADDRESS}\"")
                                    + "echo \"${r.passed} ${r.node} ${r.attempts > 0} ${r.failedConnects} ${r.phaseMillis.keySet()}\""));
            jenkins.assertLogContains("on m3 at " + lab.address("m3"), build);
            jenkins.assertLogContains(
                    "true m3 true 0 [steady, handover, drain, sessions, work, return, enable, settle]", build);
            MaintenanceResult good = last(build).getMaintenance();
            assertThat(last(build).getOutcome()).isEqualTo(Outcome.PASSED);
            assertThat(good.getConnections()).isEqualTo(20);
            assertThat(good.getPhases()).extracting(MaintenancePhase::getName).contains("work");
            assertBack(lab);

            WorkflowRun failed = jenkins.assertBuildStatus(
                    Result.FAILURE,
                    OperatorNode.job(jenkins, lab, "bad", maintenance("", "error 'the upgrade failed'"))
                            .scheduleBuild2(0));
            jenkins.assertLogContains("m3 is back, but the work failed: the upgrade failed", failed);
            assertThat(last(failed).getMessage()).isEqualTo("the upgrade failed");
            assertThat(last(failed).getMaintenance().isPassed()).isFalse();
            assertBack(lab);

            WorkflowRun aborted = OperatorNode.job(jenkins, lab, "aborted", maintenance("", UNTIL_ABORTED))
                    .scheduleBuild2(0)
                    .waitForStart();
            jenkins.waitForMessage("the body runs", aborted);
            assertThat(isOut(lab)).isTrue();
            aborted.getExecutor().interrupt();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(aborted));
            assertThat(last(aborted).getOutcome()).isEqualTo(Outcome.ABORTED);
            assertBack(lab);
        });
    }

    @Test
    void theBodyGoesOnAfterARestartOfTheController(SystemdLab lab) throws Throwable {
        sessions.then(jenkins -> {
            OperatorNode.add(jenkins, lab, folder);
            jenkins.buildAndAssertSuccess(
                    OperatorNode.job(jenkins, lab, "deploy", "haDeploy " + CLUSTER + "\n" + WHOLE));
            WorkflowRun build = OperatorNode.job(
                            jenkins,
                            lab,
                            "restarted",
                            maintenance(", probe: true", ACROSS_THE_RESTART + "echo 'the body ends'"))
                    .scheduleBuild2(0)
                    .waitForStart();
            jenkins.waitForMessage("the body runs", build);
        });
        assertThat(isOut(lab)).as("while there is no controller").isTrue();
        sessions.then(jenkins -> {
            WorkflowRun build = jenkins.jenkins
                    .getItemByFullName("restarted", org.jenkinsci.plugins.workflow.job.WorkflowJob.class)
                    .getLastBuild();
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("the body ends", build);
            jenkins.assertLogContains("m3 is back after", build);
            assertThat(last(build).getMaintenance().getFailedConnects()).isZero();
            assertThat(last(build).getMaintenance().getUnmeasuredMillis()).isPositive();
            assertBack(lab);
        });
    }
}
