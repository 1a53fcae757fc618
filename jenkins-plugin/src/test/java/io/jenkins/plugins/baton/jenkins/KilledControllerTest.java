package io.jenkins.plugins.baton.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Node;
import hudson.model.Result;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller, a process of its own, that is killed with SIGKILL in the middle of a step. */
@ExtendWith(SharedLab.class)
class KilledControllerTest {
    private static final String CLUSTER = "cluster: 'c.yaml', credentialsId: 'nodes'";
    private static final String JOB = "killed";
    private static final Duration AWAIT_TIMEOUT = Duration.ofMinutes(8);
    private static final int TEST_TIMEOUT_SECONDS = 3600;

    @RegisterExtension
    final RealJenkinsExtension controller = new RealJenkinsExtension().withTimeout(TEST_TIMEOUT_SECONDS);

    @TempDir
    Path folder;

    /**
     * The lab, as the controller's process knows it.
     *
     * @param cluster the text of its file
     * @param key by which root logs in to the nodes
     * @param prefix of a command at the operator's place
     * @param root of the Jenkins node there
     */
    private record Place(String cluster, String key, String prefix, String root) implements Serializable {
        static Place of(SystemdLab lab, Path folder) throws IOException {
            return new Place(
                    Files.readString(lab.clusterFile()),
                    Files.readString(lab.identity()),
                    String.join(" ", lab.operatorPrefix()),
                    folder.toString());
        }
    }

    private static String maintenance(String atMost, String body) {
        return "haMaintenance(" + CLUSTER + ", node: 'm3', drainTimeout: '2s', atMost: '" + atMost + "') {\n" + body
                + "\n}";
    }

    /** Deploys, then begins a step and waits until its log says that. */
    private static void begin(JenkinsRule jenkins, Place place, String step, String said) throws Throwable {
        OperatorNode.addCredential(place.key());
        OperatorNode.add(jenkins, place.prefix(), place.root());
        jenkins.buildAndAssertSuccess(OperatorNode.job(
                jenkins,
                place.cluster(),
                "deploy",
                "haDeploy " + CLUSTER + "\nhaWaitForVip " + CLUSTER + ", stable: '1s', timeout: '5m'"));
        WorkflowRun build = OperatorNode.job(jenkins, place.cluster(), JOB, step)
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage(said, build);
        // How far a pipeline is, it writes down a moment after it says so.
        ((CpsFlowExecution) build.getExecution()).waitForSuspension();
    }

    /** The log of the build at its end. */
    private static String end(JenkinsRule jenkins, Place place) throws Throwable {
        Node before = jenkins.jenkins.getNode(OperatorNode.LABEL);
        if (before != null) {
            jenkins.jenkins.removeNode(before);
        }
        OperatorNode.add(jenkins, place.prefix(), place.root());
        WorkflowRun build =
                jenkins.jenkins.getItemByFullName(JOB, WorkflowJob.class).getLastBuild();
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
        return JenkinsRule.getLog(build);
    }

    private static boolean isOut(SystemdLab lab) {
        return lab.ssh("m3", "/opt/baton/current/bin/baton-agent status --json").contains("\"suspended\":true");
    }

    private static boolean isDrained(SystemdLab lab) {
        return lab.ssh("m1", "/opt/baton/current/bin/baton-agent status --json").contains("\"health\":\"DRAIN\"");
    }

    @Test
    void theBodyGoesOnWhenTheControllerIsBack(SystemdLab lab) throws Throwable {
        Place place = Place.of(lab, folder);
        controller.startJenkins();
        controller.runRemotely(
                KilledControllerTest::begin,
                place,
                maintenance("2h", "sleep 45\necho 'the body ends'"),
                "Sleeping for 45 sec");

        controller.stopJenkinsForcibly();
        assertThat(isOut(lab)).as("while there is no controller").isTrue();
        controller.startJenkins();

        assertThat(controller.runRemotely(KilledControllerTest::end, place))
                .contains("the body ends", "m3 is back after");
        assertThat(isOut(lab)).isFalse();
        assertThat(isDrained(lab)).isFalse();
    }

    @Test
    void theNodesEndItWhenTheControllerNeverComesBack(SystemdLab lab) throws Throwable {
        controller.startJenkins();
        controller.runRemotely(
                KilledControllerTest::begin,
                Place.of(lab, folder),
                maintenance("90s", "sleep 3600"),
                "Sleeping for 1 hr");

        controller.stopJenkinsForcibly();
        assertThat(isOut(lab)).as("when the controller was killed").isTrue();

        Await.until("m3 is enabled", AWAIT_TIMEOUT, () -> !isOut(lab));
        Await.until("m3's server gets connections", AWAIT_TIMEOUT, () -> !isDrained(lab));
    }

    private static boolean isFaulty(SystemdLab lab) {
        return lab.ssh("m3", "ls -d /run/baton-drill* 2> /dev/null; true").contains("baton-drill");
    }

    /** The Jenkins node gets no more code from the controller then. Its own timer would end the fault in an hour. */
    @Test
    void aDrillsFaultIsEndedFromTheJenkinsNode(SystemdLab lab) throws Throwable {
        controller.startJenkins();
        controller.runRemotely(
                KilledControllerTest::begin,
                Place.of(lab, folder),
                "haFailoverTest " + CLUSTER + ", scenario: 'apiserver-down', node: 'm3', hold: '1h'",
                "the fault begins");
        assertThat(isFaulty(lab)).isTrue();

        controller.stopJenkinsForcibly();

        Await.until("the fault is ended", AWAIT_TIMEOUT, () -> !isFaulty(lab));
        Await.until(
                "the lock is free",
                AWAIT_TIMEOUT,
                () -> !lab.ssh("m3", "ls /run; true").contains("baton-fleet.lock"));
    }
}
