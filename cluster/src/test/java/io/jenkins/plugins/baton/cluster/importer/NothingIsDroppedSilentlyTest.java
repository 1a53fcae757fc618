package io.jenkins.plugins.baton.cluster.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.importer.text.ImportException;
import io.jenkins.plugins.baton.cluster.importer.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Takes every line of the samples away, one after the other. When the cluster file stays the same without a line, the
 * line was not carried over, and the list of what was not must name it.
 */
class NothingIsDroppedSilentlyTest {
    /** What says the default, or says what the rest of the file says anyhow. */
    private static final Set<String> REDUNDANT = Set.of(
            "mode tcp",
            "mode http",
            "balance roundrobin",
            "option tcplog",
            "auth_type PASS",
            "priority 100",
            "timeout connect 5s");

    /** Two equal times make the one idle time, and each alone would. */
    private static final String ONE_OF_TWO = "timeout (client|server) .*";

    @ParameterizedTest
    @CsvSource({"guide, keepalived.conf", "kubernetes-docs, keepalived.conf", "unicast, k8s-1.conf"})
    void everyLineIsCarriedOverOrListed(String sample, String keepalivedName) throws Exception {
        SourceText keepalived = Samples.text(sample, keepalivedName);
        SourceText haproxy = Samples.text(sample, "haproxy.cfg");
        ImportResult whole = Importer.importFiles(List.of(keepalived), haproxy);

        List<String> silent = new ArrayList<>();
        for (SourceText source : List.of(keepalived, haproxy)) {
            List<String> lines = source.text().lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip().replaceAll("\\s+", " ").replaceAll(" [#!].*", "");
                if (isDirective(line)
                        && !isListed(whole, source, i + 1)
                        && isWithoutEffect(whole, source, i, keepalived, haproxy)) {
                    silent.add(source.name() + ":" + (i + 1) + ": " + line);
                }
            }
        }

        assertThat(silent).isEmpty();
    }

    private static boolean isDirective(String line) {
        return !line.isEmpty()
                && !line.matches("[#!].*")
                && !line.contains("{")
                && !line.contains("}")
                && !REDUNDANT.contains(line)
                && !line.matches(ONE_OF_TWO);
    }

    private static boolean isListed(ImportResult result, SourceText source, int line) {
        return result.notCarriedOver().stream().anyMatch(n -> n.file().equals(source.name()) && n.line() == line);
    }

    private static boolean isWithoutEffect(
            ImportResult whole, SourceText source, int index, SourceText keepalived, SourceText haproxy) {
        List<String> lines = new ArrayList<>(source.text().lines().toList());
        lines.set(index, "");
        SourceText without = new SourceText(source.name(), String.join("\n", lines));
        try {
            ImportResult result = Importer.importFiles(
                    List.of(source == keepalived ? without : keepalived), source == haproxy ? without : haproxy);
            return result.yaml().equals(whole.yaml());
        } catch (ImportException refused) {
            return false;
        }
    }
}
