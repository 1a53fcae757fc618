package io.jenkins.plugins.baton.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Computer;
import hudson.model.Result;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import jenkins.security.MasterToSlaveCallable;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whatever ends a deployment early, the node in its turn is put back, and the log says what is where. */
@WithJenkins
@ExtendWith(SharedLab.class)
class InterruptedDeployTest {
    private static final String CLUSTER = "cluster: 'c.yaml', credentialsId: 'nodes'";
    private static final String DEPLOY =
            "haDeploy " + CLUSTER + "\nhaWaitForVip " + CLUSTER + ", stable: '1s', timeout: '5m'";
    private static final Duration AWAIT_TIMEOUT = Duration.ofMinutes(3);

    private static JenkinsRule jenkins;
    private static SystemdLab lab;
    private static Computer node;

    @BeforeAll
    static void deploy(JenkinsRule rule, SystemdLab hosts, @TempDir Path root) throws Exception {
        jenkins = rule;
        lab = hosts;
        node = OperatorNode.add(jenkins, lab, root).toComputer();
        jenkins.buildAndAssertSuccess(OperatorNode.job(jenkins, lab, "deploy", DEPLOY));
    }

    @AfterEach
    void makeWhole() throws Exception {
        jenkins.buildAndAssertSuccess(jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class));
    }

    @AfterAll
    static void stop() throws Exception {
        jenkins.after();
    }

    /** Of another file, until a node has its turn. */
    private static WorkflowRun begin(String name) throws Exception {
        WorkflowRun build = OperatorNode.job(
                        jenkins, Files.readString(lab.clusterFile()) + "# " + name + "\n", name, "haDeploy " + CLUSTER)
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage("reads the new cluster file", build);
        return build;
    }

    private static void assertEveryNodeHasTheFileOfBefore() throws Exception {
        for (String name : lab.names()) {
            Await.until(
                    name + " is free",
                    AWAIT_TIMEOUT,
                    () -> !lab.ssh(name, "ls /run; true").contains("baton-fleet"));
            assertThat(lab.ssh(name, "cat /etc/baton/cluster.yaml; ls /etc/baton"))
                    .as(name)
                    .startsWith(Files.readString(lab.clusterFile()))
                    .doesNotContain("# aborted", "# lost", "cluster.yaml.new");
        }
    }

    @Test
    void anAbortedOnePutsTheNodeBackFirst() throws Exception {
        WorkflowRun build = begin("aborted");

        build.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));

        assertThat(JenkinsRule.getLog(build))
                .contains(
                        "Aborting. The step puts the node in its turn back first",
                        "interrupted in its turn: it is put back first",
                        "was rolled back to its previous state",
                        "no other node was touched")
                .doesNotContain("\tat ");
        assertEveryNodeHasTheFileOfBefore();
    }

    @Test
    void oneThatLosesItsJenkinsNodeIsPutInOrderByTheNodesAndToldOf() throws Exception {
        WorkflowRun build = begin("lost");

        ProcessHandle.of(node.getChannel().call(new ProcessId())).orElseThrow().destroyForcibly();
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));

        assertThat(JenkinsRule.getLog(build))
                .contains("The Jenkins node operator was disconnected. By the last that was heard: ")
                .doesNotContain("\tat ");
        assertEveryNodeHasTheFileOfBefore();
        OperatorNode.connect(node);
        WorkflowRun status =
                jenkins.buildAndAssertSuccess(OperatorNode.job(jenkins, lab, "status", "haStatus " + CLUSTER));
        jenkins.assertLogContains("lost its operator at ", status);
        jenkins.assertLogContains("was in its turn and put itself back", status);
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
