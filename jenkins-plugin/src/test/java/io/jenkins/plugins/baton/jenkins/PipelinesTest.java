package io.jenkins.plugins.baton.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import hudson.tasks.junit.TestResultAction;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.jenkins.page.ControlPlaneAction;
import io.jenkins.plugins.baton.jenkins.result.DrillResult;
import io.jenkins.plugins.baton.jenkins.result.Outcome;
import io.jenkins.plugins.baton.jenkins.result.StepResult;
import io.jenkins.plugins.baton.jenkins.settings.BatonClusters;
import io.jenkins.plugins.baton.jenkins.settings.NamedCluster;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.actions.ArgumentsAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * The pipelines of the documentation, and the one at the root, run as they are written on three hosts with systemd; only
 * their times are cut, and limits that would judge the machine are lifted.
 */
@WithJenkins
@ExtendWith(SharedLab.class)
class PipelinesTest {
    private static final Path ROOT = Path.of("..");
    private static final Path EXAMPLES = ROOT.resolve("docs/examples");

    private static JenkinsRule jenkins;
    private static SystemdLab lab;
    private static Path node;

    @BeforeAll
    static void deploy(JenkinsRule rule, SystemdLab hosts, @TempDir Path root) throws Exception {
        jenkins = rule;
        lab = hosts;
        node = root;
        OperatorNode.add(jenkins, lab, node);
        jenkins.buildAndAssertSuccess(OperatorNode.job(jenkins, lab, "deploy", """
                haDeploy cluster: 'c.yaml', credentialsId: 'nodes'
                haWaitForVip cluster: 'c.yaml', credentialsId: 'nodes', timeout: '5m'
                """));
    }

    @AfterAll
    static void stop() throws Exception {
        jenkins.after();
    }

    /** A job of that pipeline, with the lab's cluster file where a checkout would put it. */
    private static WorkflowJob job(String name, Path pipeline) throws Exception {
        Path workspace = Files.createDirectories(node.resolve("workspace").resolve(name));
        Files.copy(lab.clusterFile(), workspace.resolve("cluster.yaml"));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(quick(Files.readString(pipeline)), true));
        return job;
    }

    private static String quick(String pipeline) {
        return pipeline.replace("maxOutage: '5s'", "maxOutage: '60s', hold: '2s'")
                .replace("scenario: params.SCENARIO", "scenario: params.SCENARIO, maxOutage: '60s', hold: '2s'")
                .replace("scenario: 'all'", "scenario: 'handover'")
                .replace("'agent-stop', 'agent-kill', 'agent-freeze'", "'agent-stop'")
                .replace("window: '01:00-05:00'", "window: '00:00-23:59:59.999999999'")
                .replace("drainTimeout: '2m'", "drainTimeout: '2s'")
                .replace("stable: '10s'", "stable: '1s'")
                .replaceAll("timeout: '(90s|2m)'", "timeout: '5m'");
    }

    private static WorkflowRun run(String example) throws Exception {
        return jenkins.buildAndAssertSuccess(job(example, EXAMPLES.resolve(example + ".jenkinsfile")));
    }

    private static List<DrillResult> drills(WorkflowRun build) {
        return build.getAction(ControlPlaneAction.class).getDrills();
    }

    @Test
    void deployAndDrill() throws Exception {
        WorkflowRun build = run("deploy-and-drill");

        DrillResult drill = drills(build).get(0);
        assertThat(drill.getScenario() + " " + drill.getOldHolder()).isEqualTo("agent-kill m1");
        jenkins.assertLogContains(
                "outage " + drill.getOutageMillis() + " ms, " + drill.getNewHolder() + " took over", build);
        jenkins.assertLogNotContains("PRIVATE KEY", build);
        assertThat(build.getArtifacts())
                .extracting(Object::toString)
                .contains("drill/report.html", "drill/report.json", "drill/junit.xml");
        assertThat(build.getAction(TestResultAction.class).getTotalCount()).isEqualTo(1);
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            HtmlPage page = browser.getPage(build, "baton/");
            assertThat(page.asNormalizedText()).contains("longest outage at most 60000 ms", "Age of the sample");
        }
    }

    @Test
    void deployOnChangeChangesNothingWhereNothingHasToChange() throws Exception {
        WorkflowRun build = run("deploy-on-change");

        jenkins.assertLogContains("nothing to change", build);
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            assertThat(((HtmlPage) browser.getPage(build, "baton/step/0/")).asNormalizedText())
                    .contains("The nodes after", "The nodes before", "nothing was to be changed");
        }
    }

    @Test
    void nightlyWait() throws Exception {
        WorkflowRun build = run("nightly-wait");

        jenkins.assertLogContains("kube-master is held by m1", build);
        assertThat(build.getParent().getTriggers().values())
                .hasOnlyElementsOfType(TimerTrigger.class)
                .hasSize(1);
    }

    @Test
    void weeklyDrill() throws Exception {
        WorkflowRun build = run("weekly-drill");

        jenkins.assertLogContains("Lock acquired on [Resource: cluster-prod]", build);
        assertThat(drills(build)).extracting(DrillResult::getScenario).containsExactly("handover");
        assertThat(build.getParent().getTriggers().values())
                .hasOnlyElementsOfType(TimerTrigger.class)
                .hasSize(1);
    }

    @Test
    void fourRunsOfTheNextDrillAreFourScenarios() throws Exception {
        WorkflowJob job = job("next-drill", EXAMPLES.resolve("next-drill.jenkinsfile"));
        List<String> drilled = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            WorkflowRun build = jenkins.buildAndAssertSuccess(job);
            jenkins.assertLogContains("next: ", build);
            drills(build).forEach(drill -> drilled.add(drill.getScenario()));
        }

        assertThat(drilled).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void scenarioMatrix() throws Exception {
        assertThat(drills(run("scenario-matrix")))
                .extracting(DrillResult::getScenario)
                .containsExactlyInAnyOrder("handover", "agent-stop");
    }

    @Test
    void rollingUpgrade() throws Exception {
        WorkflowJob job = job("rolling-upgrade", EXAMPLES.resolve("rolling-upgrade.jenkinsfile"));
        Path script = node.resolve("workspace/rolling-upgrade/upgrade-node.sh");
        Files.writeString(
                script,
                "#!/bin/sh\nssh -n -i %s -o UserKnownHostsFile=%s -o BatchMode=yes root@$BATON_NODE_ADDRESS systemctl reboot || true\n"
                        .formatted(lab.identity(), lab.knownHosts()));
        assertThat(script.toFile().setExecutable(true)).isTrue();

        WorkflowRun build = jenkins.buildAndAssertSuccess(job);

        for (String name : lab.names()) {
            assertThat(JenkinsRule.getLog(build)).containsPattern(name + ": 0 of [1-9][0-9]* connects failed");
        }
        assertThat(build.getAction(ControlPlaneAction.class).getSteps())
                .extracting(step -> step.getMaintenance().getNode())
                .containsExactlyElementsOf(lab.names());
    }

    @Test
    void everyExampleIsRunHere() throws IOException {
        try (var files = Files.list(EXAMPLES)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".jenkinsfile") || name.equals("jenkins.yaml")))
                    .containsExactlyInAnyOrder(
                            "deploy-and-drill.jenkinsfile",
                            "deploy-on-change.jenkinsfile",
                            "next-drill.jenkinsfile",
                            "nightly-wait.jenkinsfile",
                            "rolling-upgrade.jenkinsfile",
                            "scenario-matrix.jenkinsfile",
                            "weekly-drill.jenkinsfile",
                            "jenkins.yaml");
        }
    }

    @Test
    void configurationAsCode() throws Exception {
        ConfigurationAsCode.get()
                .configure(EXAMPLES.resolve("jenkins.yaml").toUri().toString());

        NamedCluster prod = BatonClusters.get().named("prod").orElseThrow();
        assertThat(prod.getCredentialsId()).isEqualTo("nodes");
        assertThat(ClusterFile.parse(Path.of("prod"), prod.getText().getBytes(StandardCharsets.UTF_8))
                        .cluster()
                        .nodes())
                .hasSize(3);
    }

    /** What the build itself does is done elsewhere: here it is a script that leaves what a build leaves. */
    @Test
    void theProjectsOwnPipelineBuildsAndDrillsWhenItIsGivenACluster() throws Exception {
        WorkflowJob job = job("project", ROOT.resolve("Jenkinsfile"));
        Path workspace = node.resolve("workspace/project");
        Path script = Files.createDirectories(workspace.resolve(".ci")).resolve("run");
        Files.writeString(script, """
                #!/bin/sh
                mkdir -p fleet/target/surefire-reports agent/target
                echo '<testsuite name="s"><testcase classname="c" name="t"/></testsuite>' > fleet/target/surefire-reports/t.xml
                cp %s/agent/target/baton-agent-*-linux-*.tar.gz agent/target/
                """.formatted(ROOT.toAbsolutePath()));
        assertThat(script.toFile().setExecutable(true)).isTrue();

        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        assertThat(build.getAction(TestResultAction.class).getTotalCount()).isEqualTo(1);
        assertThat(build.getArtifacts()).hasSize(1);
        assertThat(build.getAction(ControlPlaneAction.class)).isNull();

        WorkflowRun drilled = jenkins.assertBuildStatus(
                Result.SUCCESS,
                job.scheduleBuild2(
                        0,
                        new ParametersAction(
                                new StringParameterValue("CLUSTER", "cluster.yaml"),
                                new StringParameterValue("CREDENTIALS", "nodes"),
                                new StringParameterValue("SCENARIO", "handover"))));
        assertThat(drills(drilled)).extracting(DrillResult::getScenario).containsExactly("handover");
        FlowNode deploy = new DepthFirstScanner()
                .findFirstMatch(
                        drilled.getExecution(),
                        node -> node.getDisplayFunctionName().equals("haDeploy"));
        assertThat(ArgumentsAction.getStepArgumentsAsString(deploy))
                .as("what was just built, and not what the plugin carries")
                .startsWith("cluster.yaml, ")
                .contains("release: agent/target/baton-agent-");
    }

    @Test
    void whatTheStepsReturnCanBeReadInASandbox() throws Exception {
        WorkflowRun build = jenkins.buildAndAssertSuccess(OperatorNode.job(jenkins, lab, "values", """
                def w = haWaitForVip cluster: 'c.yaml', credentialsId: 'nodes', stable: '1s', timeout: '5m'
                echo "holder: ${w.holder} ${w.holders} ${w.waitedMillis > 0}"
                def s = haStatus cluster: 'c.yaml', credentialsId: 'nodes'
                echo "steady: ${s.steady} ${s.nodes} ${s.missing} ${s.warnings}"
                def r = haFailoverTest cluster: 'c.yaml', credentialsId: 'nodes', scenario: 'apiserver-down', node: 'm3',
                        hold: '2s', maxOutage: '60s', maxLostConnections: 20
                sleep time: 1, unit: 'MILLISECONDS' // what was returned is kept on disk here
                currentBuild.description = r.summary
                echo "${w.summaryMarkdown}; ${s.summary}"
                echo "drill: ${r.passed} '${r.newHolder}' ${r.lostConnections <= 20} ${r.drills[0].attempts > 0}"
                """));

        jenkins.assertLogContains("holder: m1 [kube-master:m1] true", build);
        jenkins.assertLogContains("steady: true [m1:MASTER, m2:BACKUP, m3:BACKUP] [] []", build);
        jenkins.assertLogContains("drill: true '' true true", build);
        jenkins.assertLogContains("**lab is steady**", build);
        jenkins.assertLogContains("lab is steady: m1 holds the address", build);
        assertThat(build.getDescription()).startsWith("lab: passed: apiserver-down on m3 passed, outage ");
        assertThat(build.getAction(TestResultAction.class).getTotalCount()).isEqualTo(1);
        assertThat(build.getAction(ControlPlaneAction.class).getSteps())
                .extracting(StepResult::getStep, StepResult::getHolder, StepResult::isSteady, StepResult::getOutcome)
                .containsExactly(
                        tuple("haWaitForVip", "m1", true, Outcome.PASSED),
                        tuple("haStatus", "m1", true, Outcome.PASSED),
                        tuple("haFailoverTest", "m1", true, Outcome.PASSED));
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            assertThat(((HtmlPage) browser.getPage(build, "baton/step/0/")).asNormalizedText())
                    .contains("m1 holds the address, steady", "MASTER", "kube-apiserver / m3");
        }
    }
}
