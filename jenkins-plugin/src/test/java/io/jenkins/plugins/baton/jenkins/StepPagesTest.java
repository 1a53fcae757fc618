package io.jenkins.plugins.baton.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.baton.fleet.status.Stage;
import io.jenkins.plugins.baton.jenkins.page.ControlPlaneAction;
import io.jenkins.plugins.baton.jenkins.page.LostSteps;
import io.jenkins.plugins.baton.jenkins.page.StepReceiver;
import io.jenkins.plugins.baton.jenkins.result.Outcome;
import io.jenkins.plugins.baton.jenkins.result.StepResult;
import io.jenkins.plugins.baton.jenkins.result.StepResultListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What each step leaves: its page, its line, its remote API, also when it failed, was aborted, or is still running. */
@WithJenkins
class StepPagesTest {
    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @AfterAll
    static void stop() throws Exception {
        jenkins.after();
    }

    /** Keeps what it heard. */
    @TestExtension
    public static final class Heard extends StepResultListener {
        private static final List<StepResult> RESULTS = new CopyOnWriteArrayList<>();

        @Override
        public void onEnded(Run<?, ?> build, StepResult result) {
            RESULTS.add(result);
        }
    }

    private static FreeStyleBuild build() throws Exception {
        return jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
    }

    private static String text(String path) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            return ((HtmlPage) browser.goTo(path)).asNormalizedText();
        }
    }

    private static JSONObject api(FreeStyleBuild build) throws Exception {
        return json(build.getUrl() + "baton/api/json");
    }

    private static JSONObject json(String path) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            WebResponse answer = browser.goTo(path, "application/json").getWebResponse();
            return JSONObject.fromObject(answer.getContentAsString());
        }
    }

    @Test
    void aDeploymentShowsTheNodesBeforeAndAfterWhatChangedAndTheFile() throws Exception {
        FreeStyleBuild build = build();
        RecordedSteps.deployed(build);

        assertThat(text(build.getUrl())).contains("Control plane", "haDeploy prod", "m1 holds the address, steady");
        String page = text(build.getUrl() + "baton/");
        assertThat(page)
                .contains(
                        "The nodes after",
                        "The nodes before",
                        "MASTER",
                        "60 of 100",
                        "3f2a9c417be0",
                        "UP: HTTP 200, 3.4 ms",
                        "etcd-local",
                        "DOWN: exit status 1",
                        "goes from release 0.0.9 to 0.1.0 (uploaded); its agent restarts",
                        "Clients: connections through the proxy of m2",
                        "warning: its clock is 2.1 s behind",
                        "+ cluster: prod")
                .doesNotContain("  - cluster: old");
        StepResult step = build.getAction(ControlPlaneAction.class).getSteps().get(0);
        assertThat(step.getRelease() + step.getChanged()).isEqualTo("0.1.0[m2, m1]");
    }

    @Test
    void aWaitInVainShowsWhatWasMissing() throws Exception {
        FreeStyleBuild build = build();
        RecordedSteps.waitedInVain(build);

        assertThat(text(build.getUrl()))
                .contains("failed", "m1 holds the address, not steady: m3: the agent does not answer", "(and 2 more)");
        assertThat(text(build.getUrl() + "baton/"))
                .contains(
                        "not steady for 3 s within 60 s",
                        "m2: sees the backend m3 of kube-apiserver DOWN (connection refused)",
                        "no answer",
                        "DOWN: connection refused");
        JSONObject step = api(build).getJSONArray("steps").getJSONObject(0);
        assertThat(step.getString("outcome") + step.getBoolean("steady")).isEqualTo("FAILEDfalse");
        assertThat(step.getJSONArray("missing").size()).isEqualTo(3);
    }

    @Test
    void everyMBeanOfANodeIsOneClickAway() throws Exception {
        FreeStyleBuild build = build();
        RecordedSteps.deployed(build);

        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            HtmlPage page = browser.goTo(build.getUrl() + "baton/");
            String text = ((HtmlPage) page.getAnchorByText("m2").click()).asNormalizedText();
            assertThat(text)
                    .contains(
                            "MBeans of m2",
                            "The nodes after",
                            "baton:type=VirtualRouter,name=kube-master",
                            "AdvertisementIntervalMillis\t100\tms\tAdvertisement interval of the cluster file",
                            "Interface\teth0",
                            "DroppedAdverts\tUNKNOWN_SENDER: 4",
                            "baton:type=Backend,frontend=kube-apiserver,name=m3",
                            "baton:type=Check,name=etcd-local",
                            "baton:type=Agent");
            for (String path : List.of("step/1/", "step/x/", "step/0/look/2/node/0/", "step/0/look/0/node/3/")) {
                browser.setThrowExceptionOnFailingStatusCode(false);
                assertThat(browser.goTo(build.getUrl() + "baton/" + path, null)
                                .getWebResponse()
                                .getStatusCode())
                        .as(path)
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void theRemoteApiHasAllThatTheAgentsSaid() throws Exception {
        FreeStyleBuild build = build();
        RecordedSteps.deployed(build);
        RecordedDrill.with(build, SampleRun.json());

        JSONObject step = json(build.getUrl() + "baton/step/0/api/json");
        JSONObject after = step.getJSONArray("looks").getJSONObject(1);
        assertThat(after.getString("stage")).isEqualTo("after");
        JSONObject router = after.getJSONObject("nodes")
                .getJSONObject("m3")
                .getJSONArray("virtualRouters")
                .getJSONObject(0);
        assertThat(router.getString("state") + router.getInt("effectivePriority"))
                .isEqualTo("BACKUP60");
        assertThat(step.getJSONObject("step").getString("release")).isEqualTo("0.1.0");
        assertThat(step.getJSONObject("intention").getString("file")).startsWith("cluster: prod");
        JSONObject before = json(build.getUrl() + "baton/step/1/drill/0/api/json")
                .getJSONArray("looks")
                .getJSONObject(0);
        assertThat(before.getString("stage")).isEqualTo("before");
        assertThat(before.getJSONObject("nodes").getJSONObject("m1").getString("node"))
                .isEqualTo("m1");
    }

    @Test
    void aRunningStepShowsWhatIsKnownSoFar() throws Exception {
        FreeStyleBuild build = build();
        int step = RecordedSteps.begin(build, "haWaitForVip");
        assertThat(text(build.getUrl() + "baton/")).contains("running", "No node was asked in this step");

        RecordedSteps.look(build, step, SampleLook.steady(Stage.NOW).down("m2"));
        assertThat(text(build.getUrl() + "baton/")).contains("This step is running", "sees the backend m2");

        new LostSteps().onCompleted(build, TaskListener.NULL);
        assertThat(text(build.getUrl() + "baton/")).contains("lost", "sees the backend m2");
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "ABORTED", "LOST", "ERROR"})
    void aDrillThatDidNotRunToItsEndIsAResult(Outcome outcome) throws Exception {
        FreeStyleBuild build = build();
        Heard.RESULTS.clear();

        RecordedSteps.unfinished(build, outcome, "m3 is down\nand so is m2");

        assertThat(text(build.getUrl())).contains(outcome.getWord(), "agent-kill on m1: m3 is down");
        assertThat(text(build.getUrl() + "baton/")).contains("m3 is down", "and so is m2", "The nodes before");
        String job = build.getParent().getUrl();
        assertThat(text(job + "baton/")).contains(outcome.getWord(), "agent-kill on m1", "m3 is down");
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            JSONObject point = JSONArray.fromObject(browser.goTo(job + "baton/trend", "application/json")
                            .getWebResponse()
                            .getContentAsString())
                    .getJSONObject(0);
            assertThat(point.getString("outcome") + point.getBoolean("judged")).isEqualTo(outcome + "false");
        }
        assertThat(Heard.RESULTS).hasSize(1).first().satisfies(result -> {
            assertThat(result.getOutcome()).isEqualTo(outcome);
            assertThat(result.getDrills()).hasSize(1);
        });
    }

    @Test
    void theFirstEndIsTheOneThatCounts() throws Exception {
        FreeStyleBuild build = build();
        int step = RecordedSteps.begin(build, "haStatus");
        Heard.RESULTS.clear();

        RecordedSteps.end(build, step, Outcome.ABORTED, "by the operator");
        RecordedSteps.end(build, step, Outcome.LOST, "");

        assertThat(Heard.RESULTS).extracting(StepResult::getOutcome).containsExactly(Outcome.ABORTED);
    }

    @Test
    void whatABuildKeepsSurvivesARestart() throws Exception {
        FreeStyleBuild build = build();
        RecordedSteps.waitedInVain(build);
        build.getProject()._getRuns().purgeCache();

        FreeStyleBuild loaded = build.getProject().getBuildByNumber(1);

        assertThat(loaded).isNotSameAs(build);
        assertThat(text(loaded.getUrl() + "baton/")).contains("haWaitForVip prod", "no answer");
        assertThat(loaded.getAction(ControlPlaneAction.class).getSteps().get(0).getMissing())
                .hasSize(3);
    }

    @Test
    void whatANodeSendsIsBoundedAndNonsenseIsLeftOut() throws Exception {
        FreeStyleBuild build = build();
        int step = RecordedSteps.begin(build, "haFailoverTest");
        StepReceiver receiver = new StepReceiver(build, step, 200);

        receiver.look("{");
        receiver.look("null");
        receiver.look("{\"nodes\": {\"m1\": null}, \"names\": [null]}");
        receiver.look(" ".repeat(9_000_000));
        receiver.intention("[]");
        receiver.drill("{\"scenario\": 1}");
        receiver.drill("\"" + "x".repeat(65_000_000) + "\"");
        RecordedSteps.end(build, step, Outcome.ERROR, "x".repeat(100_000));

        Path file = build.getRootDir().toPath().resolve("baton/step-0.json");
        assertThat(Files.notExists(file) || Files.size(file) < 10_000).isTrue();
        assertThat(Files.size(build.getRootDir().toPath().resolve("build.xml"))).isLessThan(20_000);
        assertThat(text(build.getUrl() + "baton/")).contains("not carried through");
        assertThat(api(build)
                        .getJSONArray("steps")
                        .getJSONObject(0)
                        .getJSONArray("drills")
                        .size())
                .isEqualTo(2);
    }
}
