package io.jenkins.plugins.baton.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import hudson.model.Result;
import io.jenkins.plugins.baton.fleet.drill.Scenario;
import io.jenkins.plugins.baton.jenkins.history.Attempt;
import io.jenkins.plugins.baton.jenkins.history.ClusterIndex;
import io.jenkins.plugins.baton.jenkins.result.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** {@code scenario: 'next'}: the record decides, and outlives the controller. The nodes of the cluster answer nothing. */
class NextScenarioStepTest {
    private static final String CLUSTER = """
            cluster: nowhere
            ssh: {port: 1, identity: /no/such/key}
            nodes:
              - {name: m1, address: 127.0.0.2, priority: 110}
            virtualRouters:
              - {name: kube-master, virtualRouterId: 51, interface: eth0, addresses: [127.0.0.9/32]}
            frontends:
              - {name: kube-apiserver, bind: "127.0.0.9:8443", backends: {port: 6443}}
            """;
    private static final Pattern CHOSEN = Pattern.compile("next: ([a-z-]+), which was ([^;\\n]+)");

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static String choose(JenkinsRule jenkins, String label, String parameters) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItem("weekly") instanceof WorkflowJob there
                ? there
                : jenkins.createProject(WorkflowJob.class, "weekly");
        job.setDefinition(new CpsFlowDefinition(
                "node('" + label + "') { writeFile file: 'c.yaml', text: '''" + CLUSTER
                        + "'''; haFailoverTest cluster: 'c.yaml', scenario: 'next'" + parameters + " }",
                true));
        WorkflowRun build = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
        Matcher chosen = CHOSEN.matcher(JenkinsRule.getLog(build));
        assertThat(chosen.find()).as(JenkinsRule.getLog(build)).isTrue();
        return chosen.group(1) + ": " + chosen.group(2);
    }

    private static void drilled(Scenario scenario, int daysAgo) {
        long at = System.currentTimeMillis() - Duration.ofDays(daysAgo).toMillis();
        ClusterIndex.get()
                .add(
                        "weekly",
                        "nowhere",
                        findings -> findings.with(scenario, new Attempt(1, 0, at, Outcome.PASSED, 1)));
    }

    @Test
    void fourTimesIsFourScenariosAndARestartForgetsNone() throws Throwable {
        List<String> chosen = new ArrayList<>();
        sessions.then(jenkins -> {
            chosen.add(choose(jenkins, "built-in", ""));
            drilled(Scenario.HANDOVER, 0);
            chosen.add(choose(jenkins, "built-in", ""));
            drilled(Scenario.AGENT_STOP, 0);
        });
        sessions.then(jenkins -> {
            chosen.add(choose(jenkins, "built-in", ""));
            drilled(Scenario.AGENT_KILL, 0);
            chosen.add(choose(jenkins, "built-in", ""));
        });

        assertThat(chosen)
                .containsExactly(
                        "handover: never drilled on nowhere",
                        "agent-stop: never drilled on nowhere",
                        "agent-kill: never drilled on nowhere",
                        "agent-freeze: never drilled on nowhere");
    }

    /** On a Jenkins node that is another process: the record stays on the controller. */
    @Test
    void theOldestOfTheListIsDrilledAndTheLogSaysWhy() throws Throwable {
        sessions.then(jenkins -> {
            jenkins.createOnlineSlave(Label.get("remote"));
            jenkins.createProject(WorkflowJob.class, "weekly");
            drilled(Scenario.HANDOVER, 5);
            drilled(Scenario.PARTITION, 50);
            drilled(Scenario.AGENT_KILL, 9);

            assertThat(choose(jenkins, "remote", ", from: ['handover', 'agent-kill', 'partition']"))
                    .matches("partition: drilled longest ago on nowhere: .* UTC, 50 days ago");
        });
    }
}
