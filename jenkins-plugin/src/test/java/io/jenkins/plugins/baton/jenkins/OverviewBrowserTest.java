package io.jenkins.plugins.baton.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.baton.fleet.drill.Scenario;
import io.jenkins.plugins.baton.jenkins.history.Attempt;
import io.jenkins.plugins.baton.jenkins.history.ClusterIndex;
import io.jenkins.plugins.baton.jenkins.overview.ClustersView;
import io.jenkins.plugins.baton.jenkins.result.Outcome;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The page of all clusters in Chromium, with Jenkins' content security policy enforced. */
@WithJenkins
class OverviewBrowserTest {
    private static final String PLACE = ".baton-clusters";
    private static final String ROWS = "document.querySelectorAll('.baton-clusters tbody tr').length";

    private static JenkinsRule jenkins;

    private Chromium browser;

    @BeforeAll
    static void find(JenkinsRule rule) throws Exception {
        jenkins = rule;
        FreeStyleProject job = jenkins.createFreeStyleProject("control-plane-drills");
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        RecordedCluster.deployment(build, "prod-frankfurt", "0.1.0-7f3a2c91", Outcome.PASSED);
        RecordedCluster.status(build, "prod-frankfurt", "m2");
        RecordedCluster.deployment(build, "prod-singapore", "0.1.0-7f3a2c91", Outcome.FAILED);
        RecordedCluster.status(
                build, "prod-singapore", "m1", "kube-apiserver: m3 sees the backend m2 DOWN: connection refused");
        RecordedCluster.status(build, SampleRun.HOSTILE, SampleRun.HOSTILE, SampleRun.HOSTILE);
        int days = 2;
        for (Scenario scenario : Scenario.values()) {
            add("prod-frankfurt", scenario, Outcome.PASSED, days * 3.7, days);
            days += 4;
        }
        add("prod-singapore", Scenario.HANDOVER, Outcome.PASSED, 0, 6);
        add("prod-singapore", Scenario.AGENT_KILL, Outcome.FAILED, 4310, 13);
        add("prod-singapore", Scenario.PARTITION, Outcome.PASSED, 371, 47);
        add("prod-singapore", Scenario.PARTITION, Outcome.REFUSED, 0, 1);
        jenkins.jenkins.addView(new ClustersView("Clusters"));
    }

    private static void add(String cluster, Scenario scenario, Outcome outcome, double outage, int daysAgo) {
        long at = System.currentTimeMillis() - Duration.ofDays(daysAgo).toMillis();
        ClusterIndex.get()
                .add(
                        "control-plane-drills",
                        cluster,
                        findings -> findings.with(scenario, new Attempt(1, 0, at, outcome, outage)));
    }

    @AfterAll
    static void stop() throws Exception {
        jenkins.after();
    }

    @BeforeEach
    void start(@TempDir Path profile) throws Exception {
        browser = new Chromium(profile);
    }

    @AfterEach
    void end() {
        browser.close();
    }

    private static URI page(String path) throws Exception {
        return new URI(jenkins.getURL() + path);
    }

    @ParameterizedTest
    @CsvSource({"1280, false", "1280, true", "400, false", "400, true"})
    void everyClusterIsReadableAndWithinItsPolicy(int width, boolean dark) throws Exception {
        browser.look(width, dark);
        if (dark) {
            browser.before(Readability.DARK_THEME);
        }

        for (String path : new String[] {"baton/", "view/Clusters/"}) {
            browser.open(page(path), ROWS + " === 3");
            Readability.assertReadable(browser, PLACE);
            assertThat(browser.ask("document.querySelectorAll('.baton-clusters img, .baton-clusters b').length")
                            .asInt())
                    .isZero();
        }
        assertThat(browser.ask("String(window.taken)").asText()).isEqualTo("undefined");
        assertThat(browser.troubles()).isEmpty();
    }

    @Test
    void theKeyboardFiltersAndSorts() throws Exception {
        browser.look(1280, false);
        browser.open(page("baton/"), ROWS + " === 3");
        browser.ask("document.querySelector('.baton-clusters input[type=search]').focus()");
        browser.type("singa");
        browser.press("Enter");
        browser.until("location.search.includes('q=singa') && " + ROWS + " === 1");

        browser.open(page("baton/?sort=partition"), ROWS + " === 3");
        assertThat(browser.ask("document.querySelector('th[aria-sort=ascending]').textContent")
                        .asText())
                .isEqualTo("partition");
        browser.ask("document.querySelector('th[aria-sort=ascending] a').focus()");
        browser.press("Enter");
        browser.until("document.querySelector('th[aria-sort=descending]')?.textContent === 'partition'");
        browser.until("document.querySelector('.baton-clusters tbody tr .name')?.textContent.includes('frankfurt')");
        assertThat(browser.troubles()).isEmpty();
    }
}
