package io.jenkins.plugins.baton.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import io.jenkins.plugins.baton.jenkins.page.ControlPlaneAction;
import io.jenkins.plugins.baton.jenkins.result.DrillResult;
import io.jenkins.plugins.baton.jenkins.result.Outcome;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A controller that is restarted in the middle of a step. */
@ExtendWith(SharedLab.class)
class RestartTest {
    private static final String MUTE_MASTER = """
            cluster: mute
            ssh: {port: %d}
            nodes:
              - {name: m1, address: 127.0.0.1, priority: 110}
            virtualRouters:
              - {name: kube-master, virtualRouterId: 51, interface: eth0, addresses: [127.0.0.9/32]}
            frontends:
              - {name: kube-apiserver, bind: "127.0.0.9:8443", backends: {port: 6443}}
            """;

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path folder;

    @Test
    void deployAndDrillEndWithASentence() throws Throwable {
        // Takes connections and never says a word: a step that logs in there has begun, and does not end soon.
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            sessions.then(jenkins -> {
                SystemCredentialsProvider.getInstance()
                        .getCredentials()
                        .add(new UsernamePasswordCredentialsImpl(
                                CredentialsScope.GLOBAL, "nodes", "", "root", "correct horse battery"));
                SystemCredentialsProvider.getInstance().save();
                String cluster = MUTE_MASTER.formatted(mute.getLocalPort());
                begin(jenkins, "deploy", cluster, "haDeploy cluster: 'c.yaml', credentialsId: 'nodes'");
                mute.accept();
                begin(
                        jenkins,
                        "drill",
                        cluster,
                        "haFailoverTest cluster: 'c.yaml', credentialsId: 'nodes', scenario: 'handover'");
                mute.accept();
            });
            sessions.then(jenkins -> {
                assertThat(endOf(jenkins, "deploy", Result.FAILURE))
                        .contains(
                                "The controller was lost during this step.", "Nothing had been changed on the nodes.");
                assertThat(endOf(jenkins, "drill", Result.FAILURE))
                        .contains(
                                "The controller was lost during this step.", "Nothing had been changed on the nodes.");
                WorkflowRun drill = jenkins.jenkins
                        .getItemByFullName("drill", WorkflowJob.class)
                        .getLastBuild();
                assertThat(drill.getAction(ControlPlaneAction.class).getDrills())
                        .extracting(DrillResult::getScenario, DrillResult::getOutcome)
                        .containsExactly(tuple("handover", Outcome.LOST));
            });
        }
    }

    @Test
    void waitingGoesOnWhereItsNodeIsBack(SystemdLab lab) throws Throwable {
        String wait = "haWaitForVip cluster: 'c.yaml', credentialsId: 'nodes', stable: '1s', timeout: '5m'";
        sessions.then(jenkins -> {
            OperatorNode.add(jenkins, lab, folder);
            jenkins.buildAndAssertSuccess(OperatorNode.job(
                    jenkins, lab, "deploy", "haDeploy cluster: 'c.yaml', credentialsId: 'nodes'\n" + wait));
            lab.ssh("m3", "systemctl stop etcd");
            WorkflowRun build = OperatorNode.job(jenkins, lab, "wait", wait + "\necho 'the last step'")
                    .scheduleBuild2(0)
                    .waitForStart();
            jenkins.waitForMessage("sees the backend m3 of kube-apiserver DOWN", build);
        });
        lab.ssh("m3", "systemctl start etcd");
        sessions.then(jenkins -> {
            assertThat(endOf(jenkins, "wait", Result.SUCCESS))
                    .contains("The controller was restarted; the step starts again.", "is held by m1", "the last step");
        });
    }

    private static void begin(JenkinsRule jenkins, String name, String cluster, String step) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(
                "node { writeFile file: 'c.yaml', text: '''" + cluster + "'''; " + step + " }", true));
        job.scheduleBuild2(0).waitForStart();
    }

    private static String endOf(JenkinsRule jenkins, String name, Result result) throws Exception {
        WorkflowRun build =
                jenkins.jenkins.getItemByFullName(name, WorkflowJob.class).getLastBuild();
        jenkins.assertBuildStatus(result, jenkins.waitForCompletion(build));
        String log = JenkinsRule.getLog(build);
        assertThat(log).doesNotContain("\tat ", "correct horse");
        return log;
    }
}
