package io.jenkins.plugins.baton.fleet.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.fleet.Example;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Event;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Figures;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Lane;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Moment;
import io.jenkins.plugins.baton.fleet.report.DrillReport.NodeState;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Phase;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Probes;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Rule;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Span;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Stage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ReportFilesTest {
    /** Text of a node that would break a careless page. */
    static final String HOSTILE = "</script><img src=x onerror=alert(1)> & \u0001 \"quoted\"";

    @TempDir
    Path folder;

    static RunReport run() {
        DrillReport drill = DrillReport.builder()
                .scenario("agent-kill")
                .description("the agent is killed")
                .node("m1")
                .router("vip")
                .target("10.0.0.9:8443")
                .startedAt("2026-01-01T00:00:00Z")
                .passed(false)
                .verdict(List.of(new Rule("longest outage at most 100 ms", "120 ms", false)))
                .figures(Figures.builder()
                        .outageMillis(120)
                        .outageSumMillis(120)
                        .resolutionMillis(5)
                        .attempts(3)
                        .failedConnects(1)
                        .longLived(2)
                        .longLivedLost(1)
                        .newHolder("m2")
                        .newHolderMillis(100)
                        .clockErrorMillis(1.5)
                        .backendsUpMillis(700)
                        .build())
                .moments(List.of(new Moment("fault", 0), new Moment("fault ended", 500), new Moment("end", 1000)))
                .outages(List.of(new Span(0, 120)))
                .holders(
                        List.of(new Lane("m1", List.of(new Phase("MASTER", -100, 10), new Phase("NO_DATA", 10, 1000)))))
                .backendHealth(List.of(new Lane("m3 seen by m2", List.of(new Phase("UP", -100, 1000)))))
                .timeline(List.of(new Event(10, "m1", HOSTILE)))
                .stages(List.of(new Stage(
                        "before",
                        0,
                        List.of(
                                new NodeState("m1", 4, Example.steady().get("m1"), false),
                                new NodeState("m2", -1, null, false)))))
                .probes(new Probes(
                        new double[] {-5, 0, 125},
                        new double[] {1, 3000, 1},
                        new int[] {0, 5, 0},
                        List.of("answered", "refused", "unreachable", "reset", "closed", "timed_out")))
                .build();
        return new RunReport(
                RunReport.FORMAT, "1", "example", false, List.of(drill), "agent-stop: not steady", null, List.of());
    }

    @Test
    void whatIsWrittenAsJsonIsReadBackWhole() throws Exception {
        ReportFiles.write(run(), folder, Locale.ENGLISH);

        RunReport read = ReportFiles.read(folder.resolve("report.json"));

        assertThat(read).usingRecursiveComparison().isEqualTo(run());
    }

    @Test
    void aReportOfTheFirstFormatIsReadInTodaysWords() throws Exception {
        Path old = Path.of(ReportFilesTest.class.getResource("format-1.json").toURI());

        assertThat(ReportFiles.read(old)).usingRecursiveComparison().isEqualTo(run());
    }

    @Test
    void junitSeesAFailureAndAnErrorAndWellFormedXml() throws Exception {
        ReportFiles.write(run(), folder, Locale.ENGLISH);

        byte[] xml = Files.readAllBytes(folder.resolve("junit.xml"));
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml));
        Element suite = document.getDocumentElement();

        assertThat(suite.getAttribute("tests")).isEqualTo("2");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("errors")).isEqualTo("1");
        assertThat(suite.getElementsByTagName("failure").item(0).getTextContent())
                .contains("120 ms");
    }

    @Test
    void numbersOfJunitXmlHaveDigitsThatEveryReaderKnows() throws Exception {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            assertThat(JunitXml.of(run())).contains("tests=\"2\" failures=\"1\" errors=\"1\" skipped=");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aDrillThatDidNotRunToItsEndIsATestCaseToo() throws Exception {
        RunReport run = RunReport.broken(
                "1",
                "example",
                List.of(),
                new RunReport.Unfinished("agent-kill", "m1", RunReport.Unfinished.REFUSED, "not steady: " + HOSTILE),
                List.of("handover"));

        String xml = JunitXml.of(run);

        assertThat(xml)
                .contains(
                        "tests=\"2\" failures=\"0\" errors=\"1\" skipped=\"1\"",
                        "name=\"agent-kill on m1\"",
                        "<error message=\"refused\">not steady: &lt;/script&gt;",
                        "name=\"handover\"");
        Thread.currentThread().interrupt();
        ReportFiles.write(run, folder, Locale.ENGLISH);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Files.readString(folder.resolve("report.html"))).contains("not begun", "refused");
        assertThat(ReportFiles.read(folder.resolve("report.json")))
                .usingRecursiveComparison()
                .isEqualTo(run);
    }

    @Test
    void prometheusSeesWhenAScenarioWasDrilledAndHowItWent() throws Exception {
        ReportFiles.write(run(), folder, Locale.ENGLISH);

        DrillReport drill = run().drills().get(0);
        assertThat(Files.readString(folder.resolve("metrics.prom")))
                .contains(
                        "# TYPE baton_drill_passed gauge\nbaton_drill_passed{cluster=\"example\",scenario=\""
                                + drill.scenario() + "\"} 0.000\n",
                        "baton_drill_outage_seconds{cluster=\"example\",scenario=\"" + drill.scenario() + "\"} 0.120\n",
                        "baton_drill_started_timestamp_seconds{cluster=\"example\",scenario=\"" + drill.scenario()
                                + "\"} " + Instant.parse(drill.startedAt()).getEpochSecond());
    }

    @Test
    void thePageLoadsNothingFromElsewhereAndLetsNoTextOutOfItsPlace() throws Exception {
        ReportFiles.write(run(), folder, Locale.ENGLISH);

        String page = Files.readString(folder.resolve("report.html"), StandardCharsets.UTF_8);

        String ours = page.replaceFirst("(?s)<script>.*", ""); // what follows is ECharts and our own script
        assertThat(ours).doesNotContainPattern("<(script|link|img)[^>]+(src|href)=");
        assertThat(ours).doesNotContain("<img src=x");
        assertThat(ours).contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;", "\\u003c/script>");
    }

    @Test
    void withoutAScriptEveryFigureIsInATable() {
        String section = new DrillSection(run().drills().get(0), Locale.ENGLISH).html(0);

        assertThat(section)
                .contains(
                        "<figure hidden>",
                        "longest outage",
                        "120 ms",
                        "NO_DATA",
                        "said nothing",
                        "m3 seen by m2",
                        "<td>before</td><td>m1</td><td>api</td><td>proxy</td><td>it has one backend</td>");
    }

    @Test
    void aPageSpeaksTheLanguageOfItsReaderWhereThereIsABundle() throws Exception {
        ReportFiles.write(run(), folder, Locale.SIMPLIFIED_CHINESE);

        String page = Files.readString(folder.resolve("report.html"), StandardCharsets.UTF_8);

        assertThat(page).contains("lang=\"zh-CN\"", "example 的故障切换演练", "最长中断不超过 100 ms", "杀死 agent", "自故障起的秒数");
        assertThat(new DrillSection(run().drills().get(0), Locale.FRENCH).html(0))
                .contains("What the client saw");
    }

    @Test
    void everyWordOfTheChinesePageIsOneOfTheEnglishPage() throws Exception {
        Properties english = words("Words.properties");
        Properties chinese = words("Words_zh_CN.properties");

        chinese.keySet().removeIf(key -> key.toString().startsWith("scenario."));
        assertThat(chinese.keySet()).isEqualTo(english.keySet());
        assertThat(english.values())
                .allSatisfy(word -> assertThat(word.toString()).isNotBlank());
    }

    private static Properties words(String name) throws IOException {
        Properties words = new Properties();
        try (Reader reader = new InputStreamReader(Words.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
            words.load(reader);
        }
        return words;
    }

    @Test
    void aReportThatLacksWhatALaterVersionAddedIsShownWithoutIt() throws Exception {
        RunReport old = ReportFiles.parse("""
                {"format": "baton-drill/1", "cluster": "example", "passed": true, "drills": [
                    {"scenario": "agent-kill", "node": "m1", "passed": true, "figures": {}, "probes": {}}]}
                """);

        assertThat(new DrillSection(old.drills().get(0), Locale.ENGLISH).html(0))
                .contains("agent-kill on m1");
        assertThatThrownBy(() -> ReportFiles.parse("{\"drills\": [{\"scenario\": \"agent-kill\"}]}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it has no figures");
    }
}
