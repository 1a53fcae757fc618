package io.jenkins.plugins.baton.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.baton.jenkins.result.Outcome;
import java.net.URI;
import java.nio.file.Path;
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

/** The pages in Chromium. In a test Jenkins enforces its content security policy; a violation is an error there. */
@WithJenkins
class BrowserTest {
    private static final String PAINTED = """
            [...document.querySelectorAll('%s canvas')].filter(canvas => canvas.getContext('2d')
                .getImageData(0, 0, canvas.width, canvas.height).data.some(value => value !== 0)).length
            """;
    private static final String CHARTS = PAINTED.formatted(".baton-page .chart");
    private static final String TREND = PAINTED.formatted(".baton-trend");

    private static JenkinsRule jenkins;
    private static FreeStyleProject job;
    private static FreeStyleBuild build;

    private Chromium browser;

    @BeforeAll
    static void drill(JenkinsRule rule) throws Exception {
        jenkins = rule;
        job = jenkins.createFreeStyleProject("cluster");
        jenkins.buildAndAssertSuccess(job);
        build = jenkins.buildAndAssertSuccess(job);
        for (FreeStyleBuild each : job.getBuilds()) {
            RecordedDrill.with(each, SampleRun.json());
        }
        RecordedSteps.deployed(build);
        RecordedSteps.waitedInVain(build);
        RecordedSteps.unfinished(build, Outcome.REFUSED, "not steady: " + SampleRun.HOSTILE);
        RecordedSteps.maintained(build, SampleRun.HOSTILE);
        RecordedDrill.with(build, SampleRun.failed(SampleRun.HOSTILE));
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
    @CsvSource({"1280, false", "1280, true", "360, false", "360, true"})
    void everyPageIsDrawnReadableAndWithinItsPolicy(int width, boolean dark) throws Exception {
        browser.look(width, dark);
        if (dark) {
            browser.before(Readability.DARK_THEME);
        }

        for (int step : new int[] {1, 2, 3, 4}) {
            browser.open(
                    page(build.getUrl() + "baton/step/" + step + "/"),
                    "document.querySelectorAll('.baton-page tbody td').length > 10");
            browser.ask("document.querySelectorAll('details').forEach(one => one.open = true)");
            Readability.assertReadable(browser, ".baton-page");
        }
        browser.open(page(build.getUrl() + "baton/step/1/look/1/node/0/"), "document.querySelector('table') !== null");
        Readability.assertReadable(browser, ".baton-page");
        browser.open(page(build.getUrl() + "baton/"), CHARTS + " === 2");
        browser.ask("document.querySelectorAll('details').forEach(one => one.open = true)");
        assertThat(browser.ask("echarts.getInstanceByDom(document.querySelector('.chart')).getOption().textStyle.color")
                        .asText())
                .isEqualTo(dark ? "#e6edf3" : "#1b1f24");
        Readability.assertReadable(browser, ".baton-page");
        browser.open(page(build.getUrl()), "document.querySelectorAll('.baton-drills li').length === 9");
        Readability.assertReadable(browser, ".baton-drills");
        browser.open(page(job.getUrl()), TREND + " > 0");
        Readability.assertReadable(browser, ".baton-floating");
        browser.open(page(job.getUrl() + "baton/"), TREND + " > 0");
        assertThat(browser.ask("document.querySelectorAll('.baton-page tbody tr').length")
                        .asInt())
                .isEqualTo(4);
        Readability.assertReadable(browser, ".baton-page");

        assertThat(browser.troubles()).isEmpty();
    }

    @Test
    void whatANodeSaysIsNeverMarkup() throws Exception {
        browser.look(1280, false);
        for (String path :
                new String[] {build.getUrl() + "baton/", build.getUrl(), job.getUrl(), job.getUrl() + "baton/"}) {
            boolean sections = path.equals(build.getUrl() + "baton/");
            browser.open(page(path), sections ? CHARTS + " === 2" : "true");
            assertThat(browser.ask("document.body.textContent.includes('onerror')")
                            .asBoolean())
                    .as("the text is shown on %s", path)
                    .isEqualTo(!path.equals(job.getUrl()));
            assertThat(browser.ask("document.querySelectorAll('img[src=x], .baton-page b, .baton-drills b').length")
                            .asInt())
                    .as(path)
                    .isZero();
        }

        browser.open(page(build.getUrl() + "baton/"), CHARTS + " === 2");
        hover("#drill-0 .lanes");
        hover("#drill-0 .latency");
        assertThat(browser.ask("document.querySelectorAll('img[src=x]').length + String(window.taken)")
                        .asText())
                .isEqualTo("0undefined");
        assertThat(browser.troubles()).isEmpty();
    }

    @Test
    void aMaintenanceShowsItsPhasesAndWhatAClientSaw() throws Exception {
        for (int width : new int[] {1280, 400}) {
            browser.look(width, false);
            browser.open(
                    page(build.getUrl() + "baton/step/4/"),
                    "[...document.querySelectorAll('.baton-page h3')].some(one => one.textContent.includes('onerror'))");
            assertThat(browser.ask("""
                            [...document.querySelectorAll('.baton-page table')].map(table => table.innerText)
                                .find(text => text.includes('sessions end'))
                            """).asText()).contains("steady before", "3 sessions were left", "92.7");
            assertThat(browser.ask("document.querySelector('.baton-page').innerText")
                            .asText())
                    .contains("26,000", "because its time was over");
            Readability.assertReadable(browser, ".baton-page");
        }
        assertThat(browser.troubles()).isEmpty();
    }

    /** Asks a chart for every tip it has. */
    private void hover(String chart) {
        browser.ask("document.querySelector('" + chart + "').scrollIntoView({block: 'center'})");
        int series = browser.ask("""
                (() => {
                    const chart = echarts.getInstanceByDom(document.querySelector('%s'));
                    const series = chart.getOption().series;
                    series.forEach((one, s) => one.data.forEach((value, d) =>
                        chart.dispatchAction({ type: 'showTip', seriesIndex: s, dataIndex: d })));
                    return series.length;
                })()
                """.formatted(chart)).asInt();
        assertThat(series).isPositive();
    }

    @Test
    void theKeyboardReachesWhatTheMouseDoes() throws Exception {
        browser.look(1280, false);
        browser.open(page(build.getUrl() + "baton/"), CHARTS + " === 2");
        browser.ask("document.querySelector('#drill-0 .latency').focus()");
        browser.press("+");
        browser.until(
                "echarts.getInstanceByDom(document.querySelector('#drill-0 .latency')).getOption().dataZoom[0].start > 0");
        browser.press("0");
        browser.until(
                "echarts.getInstanceByDom(document.querySelector('#drill-0 .latency')).getOption().dataZoom[0].start === 0");

        browser.open(page(job.getUrl()), TREND + " > 0");
        browser.ask("document.querySelector('.baton-trend').focus()");
        browser.press("Enter");
        browser.until("location.pathname.endsWith('/job/cluster/baton/') && document.readyState === 'complete'");
        browser.until("document.querySelector('.baton-page td a').getAttribute('href').startsWith('../2/baton/step/')");
        assertThat(browser.troubles()).isEmpty();
    }
}
