package io.jenkins.plugins.baton.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.bench.load.Candidates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
    @TempDir
    Path folder;

    @Test
    void samplesOfAnEarlierRunAreOnThePage() throws IOException {
        Path file = folder.resolve("samples.tsv");
        Samples earlier = Samples.of(file);
        earlier.add(Rows.CONNECTIONS, Candidates.HAPROXY, 10_000);
        earlier.add(Rows.CONNECTIONS, Candidates.KERNEL, 17_000);
        Page.write(Samples.of(file), folder);
        assertThat(folder.resolve("performance.md"))
                .content()
                .contains("| " + Rows.CONNECTIONS + " | 10.0k |  |  | **1.70** · 17.0k |  |")
                .doesNotContain("@");
    }

    @Test
    void plotsAreWellFormedAlsoWhenNothingWasMeasured() throws Exception {
        Page.write(Samples.of(folder.resolve("none.tsv")), folder);
        for (String plot : new String[] {"throughput.svg", "processor.svg", "gaps.svg"}) {
            Path file = folder.resolve("performance").resolve(plot);
            assertThat(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(Files.newInputStream(file))
                            .getDocumentElement()
                            .getTagName())
                    .isEqualTo("svg");
        }
    }

    @Test
    void longestBarEndsWithinThePlot() {
        BarChart chart = new BarChart("ratio", List.of("one"), false);
        chart.add(new BarChart.Group("a", List.of(4.0)));
        assertThat(chart.svg()).contains("width=\"430.0\"").contains(">4.00<");
    }
}
