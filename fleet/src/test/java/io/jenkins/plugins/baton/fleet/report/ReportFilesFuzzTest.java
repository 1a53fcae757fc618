package io.jenkins.plugins.baton.fleet.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.fuzz.Corpus;
import io.jenkins.plugins.baton.lab.fuzz.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A report.json of any version or origin: it is refused, or every page and file can be made of it. */
public class ReportFilesFuzzTest {
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Limits.keep(input, ReportFilesFuzzTest::read);
    }

    static Stream<Corpus.Input> corpus() throws IOException {
        return Corpus.of(ReportFilesFuzzTest.class);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void everyInputOfTheCorpusEndsInAValueOrTheDeclaredException(Corpus.Input input) throws Exception {
        fuzzerTestOneInput(input.bytes());
    }

    private static void read(byte[] input) {
        String json = new String(input, StandardCharsets.UTF_8);
        RunReport run;
        try {
            run = ReportFiles.parse(json);
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(HtmlPage.of(run, json, Locale.ENGLISH, "")).contains("</html>");
        assertThat(JunitXml.of(run)).contains("testsuite");
        assertThat(DrillMetrics.of(run)).contains("baton_drill_passed");
    }
}
