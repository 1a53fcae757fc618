package io.jenkins.plugins.baton.cluster.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.cluster.file.ClusterFileException;
import io.jenkins.plugins.baton.cluster.importer.text.ImportException;
import io.jenkins.plugins.baton.cluster.importer.text.SourceText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever the sources hold, the importer refuses them with a sentence or writes a file and tells what is wrong in it. */
class DamagedSourcesTest {

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aDamagedSourceNeverEndsInAStackTrace(
            @ForAll("samples") String sample,
            @ForAll boolean inKeepalived,
            @ForAll @IntRange(max = 1000) int from,
            @ForAll @IntRange(max = 80) int length,
            @ForAll("pieces") String inserted)
            throws Exception {
        SourceText keepalived = Samples.text(sample, sample.equals("unicast") ? "k8s-1.conf" : "keepalived.conf");
        SourceText haproxy = Samples.text(sample, "haproxy.cfg");
        ImportResult result;
        try {
            result = Importer.importFiles(
                    List.of(inKeepalived ? damaged(keepalived, from, length, inserted) : keepalived),
                    inKeepalived ? haproxy : damaged(haproxy, from, length, inserted));
        } catch (ImportException refused) {
            assertThat(refused.problems()).isNotEmpty();
            return;
        }
        try {
            ClusterFile.parse(Path.of("imported.yaml"), result.yaml().getBytes(StandardCharsets.UTF_8));
        } catch (ClusterFileException wrong) {
            assertThat(result.toFillIn()).anyMatch(line -> line.startsWith("the written file's line"));
        }
    }

    private static SourceText damaged(SourceText source, int from, int length, String inserted) {
        String text = source.text();
        int start = Math.min(text.length(), from);
        int end = Math.min(text.length(), start + length);
        return new SourceText(source.name(), text.substring(0, start) + inserted + text.substring(end));
    }

    @Provide
    Arbitrary<String> samples() {
        return Arbitraries.of("guide", "kubernetes-docs", "unicast", "names");
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        " ",
                        "\n",
                        "{",
                        "}",
                        "\"",
                        "'",
                        "#",
                        "!",
                        "0",
                        "-1",
                        "99999999999999999999",
                        "\n}\n",
                        "[",
                        "::",
                        "*"),
                Arbitraries.strings().ofMaxLength(5));
    }
}
