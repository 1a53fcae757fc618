package io.jenkins.plugins.baton.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.baton.fleet.report.ReportFiles;
import io.jenkins.plugins.baton.fleet.report.RunReport;
import io.jenkins.plugins.baton.jenkins.page.ControlPlaneAction;
import io.jenkins.plugins.baton.jenkins.result.DrillResult;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The pages and the remote API: who may see them, and what becomes of old, huge, deleted and many reports. */
@WithJenkins
class PagesTest {
    private static final String STEP = "descriptorByName/io.jenkins.plugins.baton.jenkins.step.HaFailoverTestStep/";

    /** What a version before wrote, without what later ones added. */
    private static final String FORMER = """
            <io.jenkins.plugins.baton.jenkins.page.DrillsAction plugin="baton@0.1.0">
              <runs>
                <io.jenkins.plugins.baton.jenkins.result.FailoverResult>
                  <cluster>example</cluster>
                  <passed>true</passed>
                  <drills>
                    <io.jenkins.plugins.baton.jenkins.result.DrillResult>
                      <scenario>agent-kill</scenario>
                      <node>m1</node>
                      <passed>true</passed>
                      <outageMillis>120.0</outageMillis>
                    </io.jenkins.plugins.baton.jenkins.result.DrillResult>
                  </drills>
                </io.jenkins.plugins.baton.jenkins.result.FailoverResult>
              </runs>
            """;

    private static final String FORMER_END = "</io.jenkins.plugins.baton.jenkins.page.DrillsAction>";

    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toAuthenticated()
                .grant(Item.READ)
                .everywhere()
                .to("reader")
                .grant(Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("author"));
    }

    @AfterAll
    static void stop() throws Exception {
        jenkins.after();
    }

    private static FreeStyleBuild drilled(String json) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        RecordedDrill.with(build, json);
        return build;
    }

    private static JenkinsRule.WebClient as(String user) throws Exception {
        JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false);
        browser.setThrowExceptionOnFailingStatusCode(false);
        // Who may not see a page is shown, after a moment, where to log in.
        browser.setRefreshHandler((page, url, seconds) -> {});
        return user.isEmpty() ? browser : browser.login(user);
    }

    private static int status(String user, String path) throws Exception {
        try (JenkinsRule.WebClient browser = as(user)) {
            return browser.goTo(path, null).getWebResponse().getStatusCode();
        }
    }

    private static String text(String path) throws Exception {
        try (JenkinsRule.WebClient browser = as("reader")) {
            WebResponse answer = browser.goTo(path, null).getWebResponse();
            assertThat(answer.getStatusCode()).as(path).isEqualTo(200);
            return answer.getContentAsString();
        }
    }

    @Test
    void whoMayReadTheBuildMayReadItsDrillsAndNobodyElse() throws Exception {
        FreeStyleBuild build = drilled(SampleRun.json());
        String job = build.getParent().getUrl();
        List<String> paths = List.of(
                build.getUrl() + "baton/",
                build.getUrl() + "baton/step/0/",
                build.getUrl() + "baton/step/0/drill/0/",
                build.getUrl() + "baton/step/0/drill/0/look/0/node/0/",
                build.getUrl() + "baton/report/0",
                build.getUrl() + "baton/api/json",
                job + "baton/",
                job + "baton/trend",
                job + "baton/api/json");

        for (String path : paths) {
            assertThat(status("reader", path)).as("reader: %s", path).isEqualTo(200);
            // Jenkins does not even say that the job is there.
            assertThat(status("stranger", path)).as("stranger: %s", path).isEqualTo(404);
            assertThat(status("", path)).as("nobody: %s", path).isEqualTo(403);
        }
        assertThat(status("reader", build.getUrl() + "baton/report/1")).isEqualTo(404);
        assertThat(status("reader", build.getUrl() + "baton/report/../../build.xml"))
                .isEqualTo(404);
    }

    @Test
    void theRemoteApiHasTheResults() throws Exception {
        FreeStyleBuild build = drilled(SampleRun.json());

        JSONObject run = JSONObject.fromObject(text(build.getUrl() + "baton/api/json"))
                .getJSONArray("runs")
                .getJSONObject(0);
        assertThat(run.getBoolean("passed")).isTrue();
        JSONObject drill = run.getJSONArray("drills").getJSONObject(0);
        assertThat(drill.getString("oldHolder") + drill.getString("newHolder")).isEqualTo("m1m2");
        assertThat(drill.getDouble("outageMillis")).isEqualTo(120);
        JSONObject point = JSONObject.fromObject(text(build.getParent().getUrl() + "baton/api/json"))
                .getJSONArray("points")
                .getJSONObject(0);
        assertThat(point.getInt("build")).isEqualTo(1);
        assertThat(point.getJSONObject("drill").getString("scenario")).isEqualTo("agent-kill");
    }

    @Test
    void formsAnswerOnlyPostsOfThoseWhoMayConfigure() throws Exception {
        String job = jenkins.createFreeStyleProject().getUrl();
        for (String check : List.of(
                "checkCluster",
                "checkHold",
                "checkScenario",
                "checkFrom",
                "checkRequests",
                "checkMaxOutage",
                "checkWindow",
                "fillScenarioItems",
                "fillOnFailureItems")) {
            assertThat(post("author", job + STEP + check))
                    .as("author: %s", check)
                    .isEqualTo(200);
            assertThat(post("reader", job + STEP + check))
                    .as("reader: %s", check)
                    .isEqualTo(403);
            assertThat(status("author", job + STEP + check)).as("GET %s", check).isEqualTo(404);
        }
    }

    private static int post(String user, String path) throws Exception {
        try (JenkinsRule.WebClient browser = as(user)) {
            WebRequest request = new WebRequest(new URL(jenkins.getURL(), path + "?value=3s"), HttpMethod.POST);
            return browser.getPage(browser.addCrumb(request)).getWebResponse().getStatusCode();
        }
    }

    @Test
    void aBuildOfAnOlderVersionShowsWhatItHas() throws Exception {
        FreeStyleBuild build = drilled(SampleRun.json());
        Path kept = build.getRootDir().toPath();
        edit(
                kept.resolve("build.xml"),
                xml -> xml.replaceFirst(
                                "(?s)<io.jenkins.plugins.baton.jenkins.page.ControlPlaneAction.*</steps>", FORMER)
                        .replace("</io.jenkins.plugins.baton.jenkins.page.ControlPlaneAction>", FORMER_END));
        try (var files = Files.list(kept.resolve("baton"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.writeString(
                kept.resolve("baton/report-0.json"),
                SampleRun.json().replaceAll("\"(stages|timeline|moments)\":", "\"former\":"));
        build.getProject()._getRuns().purgeCache();
        build = build.getProject().getBuildByNumber(1);

        assertThat(text(build.getUrl())).contains("agent-kill on m1");
        assertThat(text(build.getUrl() + "baton/")).contains("agent-kill on m1", "120 ms");
        assertThat(text(build.getParent().getUrl() + "baton/")).contains("agent-kill");
        DrillResult drill =
                build.getAction(ControlPlaneAction.class).getDrills().get(0);
        assertThat(drill.getNewHolder() + drill.getOldHolder()).isEmpty();

        edit(kept.resolve("baton/report-0.json"), json -> json.replace("baton-drill/2", "baton-drill/0"));
        assertThat(text(build.getUrl() + "baton/"))
                .contains("The report of this drill cannot be shown: its format is baton-drill/0");
        Files.delete(kept.resolve("baton/report-0.json"));
        assertThat(text(build.getUrl() + "baton/")).contains("The report of this drill cannot be shown");
        assertThat(status("reader", build.getUrl() + "baton/report/0")).isEqualTo(404);
    }

    private interface Edit {
        String of(String text);
    }

    private static void edit(Path file, Edit edit) throws IOException {
        Files.writeString(file, edit.of(Files.readString(file)));
    }

    @Test
    void aHugeReportIsDrawnThinnedAndOfferedWhole() throws Exception {
        String huge = SampleRun.large(1_200_000);
        assertThat(huge.length()).isGreaterThan(20_000_000);
        FreeStyleBuild build = drilled(SampleRun.json());
        RecordedDrill.with(build, huge);

        String page = text(build.getUrl() + "baton/");
        assertThat(page.length()).isLessThan(300_000);
        assertThat(page).contains("baton/report/1\"", "1200000", "120 ms");
        RunReport whole = ReportFiles.parse(text(build.getUrl() + "baton/report/1"));
        assertThat(whole.drills().get(0).probes().startMillis()).hasSize(1_200_000);
        assertThat(whole.cluster()).isEqualTo("example m1");
    }

    @Test
    void theTrendOfAJobWithoutItsFileReadsFewOfThousandsOnceAndHasNoDeletedBuild() throws Exception {
        FreeStyleBuild build = drilled(SampleRun.json());
        FreeStyleProject job = build.getProject();
        String xml = Files.readString(build.getRootDir().toPath().resolve("build.xml"));
        for (int number = 2; number <= 2000; number++) {
            Path folder = Files.createDirectory(job.getBuildDir().toPath().resolve(String.valueOf(number)));
            Files.writeString(folder.resolve("build.xml"), xml);
        }
        job.updateNextBuildNumber(2001);
        Files.delete(job.getRootDir().toPath().resolve("baton-trend.jsonl"));
        try (JenkinsRule.WebClient browser = as("reader")) {
            // The dashboard looks for the last build that failed: Jenkins itself loads them all then.
            job._getRuns().purgeCache();
            HtmlPage page = browser.getPage(job, "baton/");
            assertThat(page.querySelectorAll("table tbody tr").size()).isBetween(100, 300);
            assertThat(job._getRuns().getLoadedBuilds().size()).isLessThan(400);

            job._getRuns().purgeCache();
            String trend = browser.goTo(job.getUrl() + "baton/trend", null)
                    .getWebResponse()
                    .getContentAsString();
            assertThat(JSONArray.fromObject(trend).size()).isEqualTo(150);
            // Jenkins itself may look for one, which a permalink names.
            assertThat(job._getRuns().getLoadedBuilds().size()).isLessThan(3);
        }

        job.getBuildByNumber(2000).delete();
        JSONArray points = JSONArray.fromObject(text(job.getUrl() + "baton/trend"));
        assertThat(points.getJSONObject(points.size() - 1).getInt("build")).isEqualTo(1999);
    }

    @Test
    void theTrendGoesAlongWithItsJobAndLeavesOutWhatIsUnreadable() throws Exception {
        FreeStyleBuild build = drilled(SampleRun.json());
        FreeStyleProject job = build.getProject();
        Files.writeString(
                job.getRootDir().toPath().resolve("baton-trend.jsonl"),
                "{\"build\": 1, \"at\n",
                StandardOpenOption.APPEND);
        RecordedDrill.with(jenkins.buildAndAssertSuccess(job), SampleRun.failed("m1"));
        job.renameTo("renamed-" + job.getName());

        JSONArray points = JSONArray.fromObject(text(job.getUrl() + "baton/trend"));
        assertThat(points.size()).isEqualTo(2);
        assertThat(points.getJSONObject(1).getBoolean("passed")).isFalse();
        assertThat(points.getJSONObject(1).getString("text")).contains("outage 120 ms, 1 of 20 connections lost");
        assertThat(points.getJSONObject(1).getDouble("maxOutageMillis")).isEqualTo(200);
        assertThat(points.getJSONObject(0).getString("url")).isEqualTo("1/baton/step/0/drill/0/");
    }

    @Test
    void aJobWhoseDrilledBuildsAreAllDeletedSaysSo() throws Exception {
        FreeStyleBuild build = drilled(SampleRun.json());
        FreeStyleProject job = build.getProject();
        build.delete();

        assertThat(text(job.getUrl() + "baton/")).contains("There are no drills");
        assertThat(text(job.getUrl() + "baton/trend")).isEqualTo("[]");
    }
}
