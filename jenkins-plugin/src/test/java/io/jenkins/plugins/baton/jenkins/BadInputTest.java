package io.jenkins.plugins.baton.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A mistake of the pipeline's author is answered by a sentence, and never by a stack trace. */
@WithJenkins
class BadInputTest {
    private static final String CLUSTER = """
            cluster: nowhere
            ssh: {port: 1}
            nodes:
              - {name: m1, address: 127.0.0.2, priority: 110}
            virtualRouters:
              - {name: kube-master, virtualRouterId: 51, interface: eth0, addresses: [127.0.0.9/32]}
            frontends:
              - {name: kube-apiserver, bind: "127.0.0.9:8443", backends: {port: 6443}}
            """;

    private JenkinsRule jenkins;

    @Test
    void everyMistakeIsASentenceInTheLog(JenkinsRule rule) throws Exception {
        jenkins = rule;
        assertThat(logOf("haWaitForVip 'missing.yaml'")).contains("missing.yaml:1:1: there is no such file");
        assertThat(logOf("writeFile file: 'c.yaml', text: 'cluster: x\\nnodez: []\\n'; haStatus 'c.yaml'"))
                .contains("c.yaml:2:1: ");
        assertThat(logOf(cluster() + "haStatus 'c.yaml'")).contains("there is nothing to log in to the nodes with");
        assertThat(logOf(cluster() + "haDeploy cluster: 'c.yaml', credentialsId: 'nobody'"))
                .contains("There is no credential nobody that mistakes may use");
    }

    /** There is no cluster file, so that only a step which has not come to its Jenkins node can say these. */
    @Test
    void aTypoFailsWhenTheStepStartsAndNotOnTheNode(JenkinsRule rule) throws Exception {
        jenkins = rule;
        assertThat(drill("scenario: 'earthquake'")).contains("there is no scenario 'earthquake'; there are handover, ");
        assertThat(drill("scenario: 'next', from: ['earthquake']")).contains("there is no scenario 'earthquake'");
        assertThat(drill("scenario: 'all', from: ['handover']"))
                .contains("only the scenario next is chosen from a list");
        assertThat(drill("scenario: 'handover', times: 0")).contains("the scenarios can be run 1 time or more, not 0");
        assertThat(drill("scenario: 'handover', hold: '8'")).contains("the time 8 is not a number with ms, s, m or h");
        assertThat(drill("scenario: 'handover', requests: 'often'")).contains("the time often is not a number");
        assertThat(drill("scenario: 'handover', window: 'at night'")).contains("the window at night is not like");
        assertThat(drill("scenario: 'handover', onFailure: 'shrug'"))
                .contains("onFailure must be 'fail' or 'unstable', not 'shrug'.");
        assertThat(logOf("haWaitForVip cluster: 'c.yaml', timeout: 'soon'")).contains("the time soon is not a number");
    }

    private String drill(String parameters) throws Exception {
        String log = logOf("haFailoverTest cluster: 'c.yaml', " + parameters);
        assertThat(log).doesNotContain("\tat ");
        return log;
    }

    private static String cluster() {
        return "writeFile file: 'c.yaml', text: '''" + CLUSTER + "'''; ";
    }

    private String logOf(String script) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItem("mistakes") instanceof WorkflowJob there
                ? there
                : jenkins.createProject(WorkflowJob.class, "mistakes");
        job.setDefinition(new CpsFlowDefinition("node { " + script + " }", true));
        WorkflowRun build = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
        return JenkinsRule.getLog(build);
    }
}
