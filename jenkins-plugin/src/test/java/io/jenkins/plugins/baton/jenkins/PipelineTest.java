package io.jenkins.plugins.baton.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.baton.jenkins.page.DrillsAction;
import io.jenkins.plugins.baton.jenkins.result.DrillResult;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The steps on three hosts with systemd, from a Jenkins node beside them. */
@WithJenkins
@ExtendWith(SharedLab.class)
class PipelineTest {
    @TempDir
    Path folder;

    @Test
    void deploysWaitsDrillsAndShowsWhatHappened(JenkinsRule jenkins, SystemdLab lab) throws Exception {
        OperatorNode.add(jenkins, lab, folder);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "cluster");
        job.setDefinition(new CpsFlowDefinition("""
                pipeline {
                    agent { label 'operator' }
                    stages {
                        stage('all') {
                            steps {
                                writeFile file: 'cluster.yaml', text: '''%s'''
                                haDeploy cluster: 'cluster.yaml', credentialsId: 'masters'
                                script {
                                    def again = haDeploy cluster: 'cluster.yaml', credentialsId: 'masters'
                                    echo "again: ${again.changed}"
                                    def w = haWaitForVip cluster: 'cluster.yaml', credentialsId: 'masters', timeout: '90s'
                                    echo "owner: ${w.owner}"
                                    def s = haStatus cluster: 'cluster.yaml', credentialsId: 'masters'
                                    echo "steady: ${s.steady} ${s.nodes}"
                                    def r = haFailoverTest cluster: 'cluster.yaml', credentialsId: 'masters',
                                            scenario: 'agent-kill,handover', hold: '5s', maxOutage: '20s', report: 'drill'
                                    echo "passed: ${r.passed} ${r.newOwner} ${r.lostConnections} ${r.outageMillis >= 0}"
                                    echo "written: ${fileExists('drill/report.html')}"
                                }
                            }
                        }
                    }
                }
                """.formatted(Files.readString(lab.clusterFile())), true));

        WorkflowRun build = jenkins.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0));

        jenkins.assertLogContains("again: []", build);
        jenkins.assertLogContains("owner: m1", build);
        jenkins.assertLogContains("steady: true [m1:MASTER, m2:BACKUP, m3:BACKUP]", build);
        jenkins.assertLogContains("passed: true m", build);
        jenkins.assertLogContains("written: true", build);
        jenkins.assertLogNotContains("PRIVATE KEY", build);
        List<DrillResult> drills = build.getAction(DrillsAction.class).getDrills();
        assertThat(drills).extracting(DrillResult::getScenario).containsExactly("agent-kill", "handover");
        assertThat(drills).extracting(DrillResult::getOldOwner).containsExactly("m1", "m1");
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            assertThat(browser.getPage(build).asNormalizedText()).contains("agent-kill on m1");
            HtmlPage page = browser.getPage(build, "baton/");
            assertThat(page.asNormalizedText()).contains("longest outage at most 20000 ms", "Age of the sample");
            assertThat(browser.getPage(job, "baton/").asNormalizedText()).contains("handover");
            assertThat(browser.goTo(build.getUrl() + "baton/report/0", "application/json").getWebResponse()
                            .getContentAsString())
                    .startsWith("{\"format\":\"baton-drill/1\"");
        }
    }
}
