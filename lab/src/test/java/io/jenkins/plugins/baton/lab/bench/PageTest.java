package io.jenkins.plugins.baton.lab.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.bench.idle.IdleRows;
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
                .content(UTF_8)
                .contains("| " + Rows.CONNECTIONS + " | 10.0k |  |  | **1.70** · 17.0k |  |")
                .doesNotContain("@");
    }

    @Test
    void idleNodesAreOnThePageWithTheirThreads() throws IOException {
        Samples samples = Samples.of(folder.resolve("samples.tsv"));
        for (String who : List.of(IdleRows.BATON, IdleRows.REFERENCE)) {
            double share = who.equals(IdleRows.BATON) ? 1.5 : 1;
            for (String metric : IdleRows.METRICS) {
                samples.add(IdleRows.row(IdleRows.SMALL, IdleRows.HOLDER, "10", metric), who, 4 * share);
            }
        }
        samples.add(IdleRows.thread(IdleRows.SMALL, "10", "vrrp"), IdleRows.BATON, 2.5);
        samples.add(IdleRows.thread(IdleRows.SMALL, "10", "main"), IdleRows.BATON, 0.01);

        Page.write(samples, folder);

        assertThat(folder.resolve("performance.md"))
                .content()
                .contains("| 3 nodes, holder, minute 10 | 4 · 4 · 4 · 4 · 4 | **1.50** · 6 · 6 · 6 · 6 · 6 |")
                .contains("| vrrp |  | 2.50 |")
                .doesNotContain("| main |")
                .contains(
                        "| idle node with VIP after 10 minutes, to haproxy + keepalived: CPU | ≤ 1 | 1.50 | **missed** |");
    }

    @Test
    void plotsAreWellFormedAlsoWhenNothingWasMeasured() throws Exception {
        Page.write(Samples.of(folder.resolve("none.tsv")), folder);
        for (String plot : new String[] {"throughput.svg", "processor.svg", "gaps.svg", "idle.svg"}) {
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
