package io.jenkins.plugins.baton.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Computer;
import hudson.model.Result;
import io.jenkins.plugins.baton.jenkins.page.ControlPlaneAction;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jenkins.security.MasterToSlaveCallable;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whatever ends a drill early, no fault stays, and the log says what happened. */
@WithJenkins
@ExtendWith(SharedLab.class)
class InterruptedDrillTest {
    private static final String CLUSTER = "cluster: 'c.yaml', credentialsId: 'nodes'";
    private static final String WHOLE = "haWaitForVip " + CLUSTER + ", stable: '1s', timeout: '3m'";
    private static final Duration AWAIT_TIMEOUT = Duration.ofMinutes(2);

    private static JenkinsRule jenkins;
    private static SystemdLab lab;
    private static Computer node;

    @BeforeAll
    static void deploy(JenkinsRule rule, SystemdLab hosts, @TempDir Path root) throws Exception {
        jenkins = rule;
        lab = hosts;
        node = OperatorNode.add(jenkins, lab, root).toComputer();
        jenkins.buildAndAssertSuccess(OperatorNode.job(jenkins, lab, "deploy", "haDeploy " + CLUSTER + "\n" + WHOLE));
    }

    @AfterAll
    static void stop() throws Exception {
        jenkins.after();
    }

    @Test
    void abortingABuildEndsTheFaultFirst() throws Exception {
        WorkflowRun build =
                begin("aborted", "haFailoverTest " + CLUSTER + ", scenario: 'apiserver-down', node: 'm3', hold: '4m'");
        Await.until("the fault has begun", AWAIT_TIMEOUT, InterruptedDrillTest::isFaulty);

        build.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));

        assertThat(isFaulty()).isFalse();
        assertThat(results(build)).containsExactly("apiserver-down on m3 aborted");
        assertThat(lab.ssh("m3", "ls -d /run/baton-drill* /run/baton-fleet.lock 2> /dev/null; true"))
                .isBlank();
        assertThat(JenkinsRule.getLog(build))
                .contains("Aborting. The step ends the fault first", "the fault has ended")
                .doesNotContain("\tat ");
    }

    @Test
    void aNodeThatDiesLeavesTheFaultsEndToTheMaster() throws Exception {
        WorkflowRun build = begin("lost", """
                try {
                    haFailoverTest %1$s, scenario: 'link-down', node: 'm3', hold: '5s'
                } catch (e) {
                    echo "caught: ${e.message}"
                }
                haDeploy %1$s
                """.formatted(CLUSTER));
        jenkins.waitForMessage("the fault begins", build);

        ProcessHandle.of(node.getChannel().call(new ProcessId())).orElseThrow().destroyForcibly();
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));

        assertThat(results(build)).containsExactly("link-down on m3 lost");
        assertThat(JenkinsRule.getLog(build))
                .contains(
                        "caught: The Jenkins node operator was disconnected.",
                        "By the last that was heard: ",
                        "the node's own timer ends ",
                        "ERROR: The step did not start, because the Jenkins node operator is offline.")
                .doesNotContain("\tat ");
        Await.until("the node has ended the fault", AWAIT_TIMEOUT, () -> answers("! ls -d /run/baton-drill*"));
        lab.names().forEach(name -> lab.ssh(name, "rm -f /run/baton-fleet.lock"));
        OperatorNode.connect(node);
        jenkins.buildAndAssertSuccess(OperatorNode.job(jenkins, lab, "whole", WHOLE));
    }

    private static WorkflowRun begin(String name, String steps) throws Exception {
        return OperatorNode.job(jenkins, lab, name, steps).scheduleBuild2(0).waitForStart();
    }

    /** What the page, the trend and the index of all clusters are made of. */
    private static List<String> results(WorkflowRun build) {
        return build.getAction(ControlPlaneAction.class).getDrills().stream()
                .map(drill -> drill.getScenario() + " on " + drill.getNode() + " "
                        + drill.getOutcome().getStyle())
                .toList();
    }

    private static boolean isFaulty() {
        return answers("nft list table inet baton_drill");
    }

    private static boolean answers(String command) {
        try {
            lab.ssh("m3", command + " > /dev/null 2>&1");
            return true;
        } catch (IllegalStateException e) {
            // Its answer was no, or m3 is cut off.
            return false;
        }
    }

    /** Of the Jenkins node's JVM. */
    private static final class ProcessId extends MasterToSlaveCallable<Long, RuntimeException> {
        private static final long serialVersionUID = 1;

        @Override
        public Long call() {
            return ProcessHandle.current().pid();
        }
    }
}
