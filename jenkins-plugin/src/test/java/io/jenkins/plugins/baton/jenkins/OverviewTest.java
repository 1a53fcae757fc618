package io.jenkins.plugins.baton.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.TopLevelItem;
import io.jenkins.plugins.baton.fleet.drill.Scenario;
import io.jenkins.plugins.baton.jenkins.history.Attempt;
import io.jenkins.plugins.baton.jenkins.history.ClusterIndex;
import io.jenkins.plugins.baton.jenkins.history.Sighting;
import io.jenkins.plugins.baton.jenkins.overview.ClustersView;
import io.jenkins.plugins.baton.jenkins.result.Outcome;
import io.jenkins.plugins.baton.jenkins.settings.BatonClusters;
import io.jenkins.plugins.baton.jenkins.settings.NamedCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.localizer.LocaleProvider;

/** All clusters on one page: what is on it, for whom, and what becomes of it when jobs and builds change. */
@WithJenkins
class OverviewTest {
    private static JenkinsRule jenkins;

    private MockAuthorizationStrategy rights;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
    }

    @AfterAll
    static void stop() throws Exception {
        jenkins.after();
    }

    /** With the jobs goes what they found out. */
    @AfterEach
    void tidy() throws Exception {
        for (TopLevelItem item : jenkins.jenkins.getItems()) {
            item.delete();
        }
        BatonClusters.get().setClusters(List.of());
        assertThat(ClusterIndex.get().all()).isEmpty();
    }

    @BeforeEach
    void grant() {
        rights = new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toAuthenticated()
                .grant(Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("boss");
        jenkins.jenkins.setAuthorizationStrategy(rights);
    }

    private JenkinsRule.WebClient as(String user) throws Exception {
        JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false);
        browser.setThrowExceptionOnFailingStatusCode(false);
        browser.setRefreshHandler((page, url, seconds) -> {});
        return user.isEmpty() ? browser : browser.login(user);
    }

    private HtmlPage page(String user, String path) throws Exception {
        try (JenkinsRule.WebClient browser = as(user)) {
            return browser.goTo(path);
        }
    }

    private String text(String user, String path) throws Exception {
        try (JenkinsRule.WebClient browser = as(user)) {
            return browser.goTo(path, null).getWebResponse().getContentAsString();
        }
    }

    private int status(String user, String path) throws Exception {
        try (JenkinsRule.WebClient browser = as(user)) {
            return browser.goTo(path, null).getWebResponse().getStatusCode();
        }
    }

    private JSONArray clusters(String user) throws Exception {
        return JSONObject.fromObject(text(user, "baton/api/json"))
                .getJSONObject("overview")
                .getJSONArray("clusters");
    }

    private FreeStyleBuild build(FreeStyleProject job) throws Exception {
        return jenkins.buildAndAssertSuccess(job);
    }

    private static List<String> names(HtmlPage page) {
        return page.querySelectorAll(".baton-clusters .name > span:first-child").stream()
                .map(DomNode::getTextContent)
                .toList();
    }

    @Test
    void aRowSaysWhatTheLastBuildsFoundOut() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("nightly");
        FreeStyleBuild build = build(job);
        RecordedCluster.status(build, "prod", "m2", "m3 answers nothing <b>", "another");
        RecordedCluster.deployment(build, "prod", "0.9-abc", Outcome.FAILED);
        RecordedDrill.with(build, SampleRun.json().replace("example m1", "prod"));

        HtmlPage page = page("reader", "baton/");
        assertThat(names(page)).containsExactly("prod");
        String row = page.querySelector(".baton-clusters tbody tr").asNormalizedText();
        assertThat(row)
                .contains("8 of 8 not tried for 30 days", "m2", "not steady", "m3 answers nothing <b>")
                .contains("failed", "0.9-abc", "120 ms", "d ago")
                .doesNotContain("another");
        assertThat(page.querySelectorAll(".overdue").size()).isEqualTo(8);
        assertThat(page.querySelector("td[data-label=agent-kill] a")
                        .getAttributes()
                        .getNamedItem("href")
                        .getNodeValue())
                .endsWith("/job/nightly/1/baton/step/2/");

        JSONObject api = clusters("reader").getJSONObject(0);
        assertThat(api.getBoolean("steady")).isFalse();
        assertThat(api.getString("holder") + api.getString("release")).isEqualTo("m20.9-abc");
        JSONObject drill = api.getJSONArray("drills").getJSONObject(Scenario.AGENT_KILL.ordinal());
        assertThat(drill.getDouble("outageMillis")).isEqualTo(120);
        assertThat(drill.getJSONObject("drilled").getString("job")).isEqualTo("nightly");
    }

    @Test
    void itSpeaksChineseToo() throws Exception {
        add("weekly", "prod", Scenario.PARTITION, Outcome.PASSED, 12, Duration.ofDays(40));
        add("weekly", "prod", Scenario.PARTITION, Outcome.ABORTED, 13, Duration.ofHours(3));

        // A Jenkins in a test does not ask the browser for its language.
        LocaleProvider english = LocaleProvider.getProvider();
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                return Locale.SIMPLIFIED_CHINESE;
            }
        });
        try {
            assertThat(page("reader", "baton/").asNormalizedText())
                    .contains("集群", "8 种中有 8 种 30 天内未演练", "40 天前", "已中止 3 小时前", "从未", "尚未见到");
        } finally {
            LocaleProvider.setProvider(english);
        }
    }

    @Test
    void anAttemptThatWasRefusedIsSeenBesideTheLastDrill() throws Exception {
        add("weekly", "prod", Scenario.PARTITION, Outcome.PASSED, 12, Duration.ofDays(40));
        add("weekly", "prod", Scenario.PARTITION, Outcome.REFUSED, 13, Duration.ofDays(3));
        jenkins.createFreeStyleProject("weekly-other");
        add("weekly-other", "prod", Scenario.HANDOVER, Outcome.PASSED, 1, Duration.ofDays(29));

        HtmlPage page = page("reader", "baton/");
        assertThat(page.querySelector("td[data-label=partition]").asNormalizedText())
                .contains("7.5 ms", "40 d ago", "refused 3 d ago");
        assertThat(page.querySelector("td[data-label=partition]")
                        .getAttributes()
                        .getNamedItem("class")
                        .getNodeValue())
                .contains("overdue");
        assertThat(page.querySelector("td[data-label=handover]")
                        .getAttributes()
                        .getNamedItem("class")
                        .getNodeValue())
                .doesNotContain("overdue");
        assertThat(page.querySelector("td[data-label=agent-kill]").asNormalizedText())
                .contains("never");
    }

    private void add(String job, String cluster, Scenario scenario, Outcome outcome, int build, Duration ago)
            throws Exception {
        if (jenkins.jenkins.getItem(job) == null) {
            jenkins.createFreeStyleProject(job);
        }
        long at = System.currentTimeMillis() - ago.toMillis();
        ClusterIndex.get()
                .add(job, cluster, findings -> findings.with(scenario, new Attempt(build, 0, at, outcome, 7.5)));
    }

    private void see(String job, String cluster, String holder, String... missing) throws Exception {
        if (jenkins.jenkins.getItem(job) == null) {
            jenkins.createFreeStyleProject(job);
        }
        Sighting sighting = new Sighting(1, 0, System.currentTimeMillis(), holder, List.of(missing));
        ClusterIndex.get().add(job, cluster, findings -> findings.with(sighting));
    }

    @Test
    void aJobWhoseClusterAlwaysHasAnotherNameKeepsTheLastFifty() throws Exception {
        jenkins.createFreeStyleProject("job");
        for (int i = 0; i < 60; i++) {
            Sighting sighting = new Sighting(1, 0, i, "m1", List.of());
            ClusterIndex.get().add("job", "c-" + i, findings -> findings.with(sighting));
        }

        assertThat(ClusterIndex.get().all())
                .hasSize(50)
                .doesNotContainKey("c-9")
                .containsKeys("c-10", "c-59");
    }

    @Test
    void whoMayNotReadAJobSeesNothingOfItAnywhere() throws Exception {
        FreeStyleProject secret = jenkins.createFreeStyleProject("secret-job");
        FreeStyleProject open = jenkins.createFreeStyleProject("open-job");
        rights.grant(Item.READ).onItems(open).to("guest");
        RecordedCluster.status(build(secret), "shared", "secret-holder", "secret-sentence");
        RecordedDrill.with(build(secret), SampleRun.json().replace("example m1", "secret-cluster"));
        RecordedCluster.status(build(open), "shared", "open-holder");

        for (String path : List.of("baton/", "baton/?q=secret", "baton/api/json?depth=9", "baton/api/xml?depth=9")) {
            assertThat(text("guest", path).replace("q=secret", "").replace("value=\"secret\"", ""))
                    .as(path)
                    .doesNotContain("secret");
        }
        assertThat(text("guest", "baton/")).contains("shared", "open-holder");
        assertThat(names(page("reader", "baton/"))).containsExactly("secret-cluster", "shared");
        assertThat(page("nobody-special", "baton/").asNormalizedText())
                .contains("No build that you may read has used a cluster yet.");
        assertThat(status("", "baton/")).isEqualTo(403);
        assertThat(status("", "baton/api/json")).isEqualTo(403);
    }

    @Test
    void namedClustersAreShownToThoseWhoseJobsCanUseThem() throws Exception {
        BatonClusters.get().setClusters(List.of(new NamedCluster("named", ClusterText.of("called"))));
        FreeStyleProject job = jenkins.createFreeStyleProject("user-of-it");

        assertThat(names(page("boss", "baton/"))).containsExactly("called");
        assertThat(text("boss", "baton/")).contains("not seen yet");
        assertThat(names(page("reader", "baton/"))).isEmpty();
        RecordedCluster.status(build(job), "called", "m1");
        assertThat(names(page("reader", "baton/"))).containsExactly("called");
    }

    @Test
    void aDeletedJobIsGoneAndARenamedOrMovedOneKeepsWhatItFoundOut() throws Exception {
        FreeStyleProject first = jenkins.createFreeStyleProject("first");
        FreeStyleProject second = jenkins.createFreeStyleProject("second");
        RecordedCluster.status(build(first), "prod", "m1");
        RecordedCluster.status(build(second), "test", "m9");

        first.renameTo("renamed");
        assertThat(text("reader", "baton/")).contains("/job/renamed/1/").doesNotContain("/job/first/");
        MockFolder folder = jenkins.createFolder("folder");
        hudson.model.Items.move(first, folder);
        folder.renameTo("team");
        assertThat(text("reader", "baton/")).contains("/job/team/job/renamed/1/");
        second.delete();
        assertThat(names(page("reader", "baton/"))).containsExactly("prod");
        folder.delete();
        assertThat(names(page("reader", "baton/"))).isEmpty();
        assertThat(jenkins.jenkins
                        .getRootDir()
                        .toPath()
                        .resolve("baton/clusters")
                        .toFile()
                        .list())
                .isEmpty();
    }

    @Test
    void aJobThatTakesTheNameOfADeletedOneInheritsNothing() throws Exception {
        add("gone", "prod", Scenario.HANDOVER, Outcome.PASSED, 3, Duration.ofDays(1));
        jenkins.jenkins.getItem("gone").delete();
        ClusterIndex.get().add("gone", "prod", findings -> findings.with(new Sighting(1, 0, 1, "m1", List.of())));

        assertThat(names(page("reader", "baton/"))).isEmpty();
        jenkins.createFreeStyleProject("gone");
        assertThat(names(page("reader", "baton/"))).isEmpty();
    }

    @Test
    void whatADeletedBuildFoundOutStaysTrueAndLinksToTheJob() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("weekly");
        FreeStyleBuild drilled = build(job);
        RecordedDrill.with(drilled, SampleRun.json().replace("example m1", "prod"));
        build(job);
        drilled.delete();

        HtmlPage page = page("reader", "baton/");
        DomNode link = page.querySelector("td[data-label=agent-kill] a");
        assertThat(link.getTextContent()).contains("120 ms");
        assertThat(link.getAttributes().getNamedItem("href").getNodeValue()).endsWith("/job/weekly/");
        assertThat(link.getAttributes().getNamedItem("title").getNodeValue()).endsWith("weekly (deleted build)");
    }

    @Test
    void theAddressSaysWhatIsShownInWhichOrder() throws Exception {
        for (int i = 0; i < 60; i++) {
            see(i % 2 == 0 ? "job" : "other", "cluster-%02d".formatted(i), "m1");
        }
        see("job", "odd", "m3", "no backend");
        add("job", "cluster-07", Scenario.HANDOVER, Outcome.FAILED, 1, Duration.ofDays(1));

        assertThat(names(page("reader", "baton/"))).hasSize(50).startsWith("cluster-00");
        assertThat(names(page("reader", "baton/?page=2"))).hasSize(11).endsWith("odd");
        assertThat(names(page("reader", "baton/?order=desc")).get(0)).isEqualTo("odd");
        assertThat(names(page("reader", "baton/?show=unsteady"))).containsExactly("odd");
        assertThat(names(page("reader", "baton/?show=failed"))).containsExactly("cluster-07");
        assertThat(names(page("reader", "baton/?q=M3"))).containsExactly("odd");
        assertThat(names(page("reader", "baton/?sort=state"))).startsWith("odd");
        assertThat(names(page("reader", "baton/?sort=handover&order=desc"))).startsWith("cluster-07");
        assertThat(names(page("reader", "baton/?sort=nonsense&page=-1&show=%00&order=x")))
                .hasSize(50);
        HtmlPage none = page("reader", "baton/?q=%3Cimg%20src%3Dx%3E");
        assertThat(none.asNormalizedText()).contains("No cluster is like this.");
        assertThat(none.querySelectorAll("img[src=x]")).isEmpty();
    }

    @Test
    void aViewOfAFolderShowsTheClustersOfItsJobs() throws Exception {
        MockFolder team = jenkins.createFolder("team");
        RecordedCluster.status(build(team.createProject(FreeStyleProject.class, "inside")), "ours", "m1");
        RecordedCluster.status(build(jenkins.createFreeStyleProject("outside")), "theirs", "m1");
        team.addView(new ClustersView("Clusters"));
        jenkins.jenkins.addView(new ClustersView("All of them"));

        assertThat(names(page("reader", "job/team/view/Clusters/"))).containsExactly("ours");
        assertThat(names(page("reader", "view/All%20of%20them/"))).containsExactly("ours", "theirs");
        assertThat(page("boss", "newView").asNormalizedText()).contains("Baton clusters");
        assertThat(status("boss", "view/All%20of%20them/configure")).isEqualTo(200);
    }

    /** How long pages take is printed, beside one of Jenkins' own: what is asserted is that no build is loaded. */
    @Test
    void pagesOfAThousandJobsWithAThousandDrillsLoadNoBuild() throws Exception {
        FreeStyleBuild sample = build(jenkins.createFreeStyleProject("sample"));
        RecordedDrill.with(sample, SampleRun.json().replace("example m1", "sample"));
        FreeStyleProject drilled = sample.getProject();
        repeatTrend(drilled, 1000);
        for (int i = 0; i < 1000; i++) {
            FreeStyleProject job = jenkins.createFreeStyleProject("job-" + i);
            for (Scenario scenario : Scenario.values()) {
                add(job.getName(), "cluster-" + i / 4, scenario, Outcome.PASSED, 1000, Duration.ofDays(i % 60));
            }
        }

        try (JenkinsRule.WebClient browser = as("reader")) {
            // Who logs in is shown the dashboard, for which Jenkins itself loads builds.
            drilled._getRuns().purgeCache();
            HtmlPage page = browser.goTo("baton/");
            assertThat(names(page)).hasSize(50);
            assertThat(page.asNormalizedText()).contains("all (251)");
            assertThat(drilled._getRuns().getLoadedBuilds()).isEmpty();
            String trend = browser.goTo(drilled.getUrl() + "baton/trend", null)
                    .getWebResponse()
                    .getContentAsString();
            assertThat(JSONArray.fromObject(trend).size()).isEqualTo(150);

            // Jenkins' own may take minutes where other programs use the processors.
            browser.getOptions().setTimeout(0);
            measure(browser, "Jenkins' own dashboard", "");
            measure(browser, "Jenkins' own page of a job without drills", "job/job-0/");
            measure(browser, "page of a job with drills", drilled.getUrl());
            measure(browser, "its trend's data", drilled.getUrl() + "baton/trend");
            measure(browser, "its page of drills", drilled.getUrl() + "baton/");
            measure(browser, "all clusters", "baton/");
            measure(browser, "all clusters, not tried for 30 days", "baton/?show=overdue");
        }
    }

    /** As builds do that are long gone from memory. */
    private static void repeatTrend(FreeStyleProject job, int builds) throws Exception {
        Path file = job.getRootDir().toPath().resolve("baton-trend.jsonl");
        String line = Files.readString(file);
        StringBuilder lines = new StringBuilder();
        for (int number = 1; number <= builds; number++) {
            lines.append(line.replaceFirst("\"build\":1,", "\"build\":" + number + ","));
        }
        Files.writeString(file, lines);
    }

    private static void measure(JenkinsRule.WebClient browser, String what, String path) throws Exception {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            long began = System.nanoTime();
            assertThat(browser.goTo(path, null).getWebResponse().getStatusCode())
                    .isEqualTo(200);
            millis.add((System.nanoTime() - began) / 1_000_000);
        }
        Collections.sort(millis);
        System.out.printf("1,000 jobs, %s: median %d ms, slowest %d ms%n", what, millis.get(2), millis.get(4));
    }
}
