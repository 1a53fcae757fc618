package io.jenkins.plugins.baton.agent.it;

import static io.jenkins.plugins.baton.agent.it.AgentLab.AWAIT_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Backend;
import io.jenkins.plugins.baton.lab.Command;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Prometheus gets of an agent, by each of the ways. */
class MetricsIT {
    private static final Path EXAMPLES = Path.of("../docs/examples").toAbsolutePath();

    @RegisterExtension
    final AgentLab lab = AgentLab.withNodes(1);

    private Path file;

    private Host start() {
        Host m1 = lab.host("m1");
        Backend.start(m1);
        file = m1.directory().resolve("metrics.prom");
        Path configuration = ClusterText.of(lab.lab().nodes())
                .router()
                .frontend("proxy")
                .line("management: {metricsFile: " + file + "}")
                .line("checks:")
                .line("  - {name: livez, type: script, command: [/bin/true], interval: 1s}")
                .write(lab);
        lab.start(m1, configuration);
        lab.awaitHolder(m1);
        lab.awaitReady(m1);
        return m1;
    }

    @Test
    void promtoolFindsNothingToComplainOfAndTheFileSaysTheSame() throws Exception {
        Host m1 = start();
        Path printed = m1.write("printed.prom", metrics(m1));
        awaitFile();

        assertThat(m1.run("sh", "-c", "promtool check metrics < " + printed)
                        .orThrow()
                        .errors())
                .isEmpty();
        assertThat(m1.run("sh", "-c", "promtool check metrics < " + file)
                        .orThrow()
                        .errors())
                .isEmpty();
        Await.until(
                "the file says the same",
                AWAIT_TIMEOUT.multipliedBy(3), // each look starts a program
                () -> series(text(file)).equals(series(metrics(m1))));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
        assertThat(Files.readString(printed))
                .contains(
                        "baton_virtual_router_state_code{virtual_router=\"kube-master\"} 2\n",
                        "baton_virtual_router_holder{holder=\"m1\",virtual_router=\"kube-master\"} 1\n",
                        "baton_check_result_code{check=\"livez\"} ")
                .endsWith("# EOF\n");
    }

    @Test
    void jmxExporterWithOurRulesGivesTheSameSeries() throws Exception {
        Host m1 = start();
        Path exporter =
                Path.of("target/jmx-exporter/jmx_prometheus_httpserver.jar").toAbsolutePath();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Daemon running = m1.start(
                "exporter",
                List.of(
                        java,
                        "-jar",
                        exporter.toString(),
                        "127.0.0.1:9404",
                        EXAMPLES.resolve("jmx-exporter.yaml").toString()),
                Map.of());
        Await.until(
                "the exporter shows the same series as the agent",
                AWAIT_TIMEOUT.multipliedBy(5), // each look starts a program, and the exporter is one too
                () -> series(m1.run("curl", "-s", "http://127.0.0.1:9404/metrics")
                                .output())
                        .equals(series(metrics(m1))));
        assertThat(running.isAlive()).isTrue();
    }

    @Test
    void theFileGoesWithTheAgentAndWhatCannotBeWrittenIsSaidOnce() throws Exception {
        Host m1 = lab.host("m1");
        Path folder = Files.createDirectory(m1.directory().resolve("folder"));
        file = folder.resolve("metrics.prom");
        Path configuration = ClusterText.of(lab.lab().nodes())
                .router()
                .line("management: {metricsFile: " + file + "}")
                .write(lab);
        Daemon agent = lab.start(m1, configuration);
        awaitFile();
        agent.stop();
        assertThat(folder).isEmptyDirectory();

        Files.delete(folder);
        Daemon again = lab.start(m1, configuration);
        again.awaitLog("Cannot write the metrics to " + file, AWAIT_TIMEOUT);
    }

    /** Each alert fires for what it says, and only then. */
    @Test
    void alertRulesFireForWhatTheyAreFor() {
        Command.run(
                        "promtool",
                        "check",
                        "rules",
                        EXAMPLES.resolve("prometheus-rules.yaml").toString())
                .orThrow();
        Command.run(
                        "promtool",
                        "test",
                        "rules",
                        Path.of("src/test/resources/prometheus-rules-test.yaml")
                                .toAbsolutePath()
                                .toString())
                .orThrow();
    }

    /** A rule or a panel of what no agent shows would be empty for ever, and nobody would know. */
    @Test
    void rulesAndDashboardNameOnlyWhatThereIs() throws Exception {
        SortedSet<String> known = names(metrics(start()));
        known.addAll(List.of(
                "baton_virtual_router_dropped_adverts_total", // once there is one
                "baton_drill_started_timestamp_seconds",
                "baton_drill_passed",
                "baton_drill_outage_seconds"));
        for (String example : List.of("prometheus-rules.yaml", "grafana-dashboard.json")) {
            assertThat(known).as(example).containsAll(names(Files.readString(EXAMPLES.resolve(example))));
        }
    }

    private void awaitFile() {
        Await.until("the metrics are written", AWAIT_TIMEOUT, () -> Files.exists(file));
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String metrics(Host host) {
        return lab.run(host, "status", "--openmetrics").orThrow().output();
    }

    /** Names with labels. */
    private static SortedSet<String> series(String text) {
        return text.lines()
                .filter(line -> line.startsWith("baton_"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')).replace(",}", "}"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static SortedSet<String> names(String text) {
        return Pattern.compile("\\bbaton_\\w+")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
