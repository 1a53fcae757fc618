package io.jenkins.plugins.baton.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import io.jenkins.plugins.baton.jenkins.page.ControlPlaneAction;
import io.jenkins.plugins.baton.jenkins.result.Outcome;
import io.jenkins.plugins.baton.jenkins.result.StepResult;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whatever becomes of a step, it leaves a result. The nodes of the cluster answer nothing, or never. */
@WithJenkins
class AttemptsTest {
    private static final String CLUSTER = """
            cluster: silent
            ssh: {port: %d}
            nodes:
              - {name: m1, address: 127.0.0.1, priority: 110}
            virtualRouters:
              - {name: kube-master, virtualRouterId: 51, interface: eth0, addresses: [127.0.0.9/32]}
            frontends:
              - {name: kube-apiserver, bind: "127.0.0.9:8443", backends: {port: 6443}}
            """;

    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "nodes", "", "root", "correct horse battery"));
        SystemCredentialsProvider.getInstance().save();
    }

    @AfterAll
    static void stop() throws Exception {
        jenkins.after();
    }

    private static WorkflowJob job(String name, int port, String steps) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(
                "node { writeFile file: 'c.yaml', text: '''" + CLUSTER.formatted(port) + "'''\n" + steps + "\n}",
                true));
        return job;
    }

    private static List<StepResult> results(WorkflowRun build) {
        return build.getAction(ControlPlaneAction.class).getSteps();
    }

    @Test
    void anAbortedDrillIsAResultWithTheNameOfWhoAbortedIt() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            WorkflowRun build = job(
                            "aborted",
                            mute.getLocalPort(),
                            "haFailoverTest cluster: 'c.yaml', credentialsId: 'nodes', scenario: 'agent-kill,link-down'")
                    .scheduleBuild2(0)
                    .waitForStart();
            mute.accept();
            assertThat(results(build)).extracting(StepResult::getOutcome).containsExactly(Outcome.RUNNING);

            build.getExecutor().interrupt();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));

            StepResult step = results(build).get(0);
            assertThat(step.getOutcome()).isEqualTo(Outcome.ABORTED);
            assertThat(step.getCluster()).isEqualTo("silent");
            assertThat(step.getDrills())
                    .extracting(drill -> drill.getScenario() + " " + drill.getOutcome())
                    .containsExactly("agent-kill ABORTED");
        }
    }

    @Test
    void aStepThatReachesNoNodeSaysWhyOnItsPage() throws Exception {
        WorkflowRun build = jenkins.assertBuildStatus(
                Result.FAILURE, job("unreachable", 1, """
                        catchError { haDeploy cluster: 'c.yaml', credentialsId: 'nodes', release: 'none.tar.gz' }
                        catchError { haWaitForVip cluster: 'c.yaml', credentialsId: 'nodes', timeout: '2s' }
                        haFailoverTest cluster: 'c.yaml', credentialsId: 'nodes', scenario: 'handover'
                        """).scheduleBuild2(0));

        assertThat(results(build))
                .extracting(step -> step.getStep() + " " + step.getOutcome())
                .containsExactly("haDeploy FAILED", "haWaitForVip FAILED", "haFailoverTest ERROR");
        assertThat(results(build))
                .allSatisfy(step -> assertThat(step.getMessage()).isNotBlank().doesNotContain("correct horse"));
        assertThat(results(build).get(1).getMissing())
                .isNotEmpty()
                .first()
                .asString()
                .startsWith("m1: ");
        assertThat(results(build).get(2).getDrills())
                .extracting(drill -> drill.getScenario() + " " + drill.getOutcome())
                .containsExactly("handover ERROR");
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            assertThat(browser.getPage(build, "baton/step/1/").asNormalizedText())
                    .contains("haWaitForVip silent", "no answer", "What is missing for a steady cluster:");
        }
    }
}
