package io.jenkins.plugins.baton.cluster.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.importer.text.ImportException;
import io.jenkins.plugins.baton.cluster.importer.text.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Chinese quick start shows what the importer makes of the guide's files. */
class QuickStartTest {
    private static final Path PAGE = Path.of("../docs/zh/quick-start.md");
    private static final Path GUIDE = Path.of("src/test/resources/import/guide");
    private static final Pattern FILE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern MESSAGE =
            Pattern.compile("^\\| `{1,2}((?:k\\d\\.conf|haproxy\\.cfg):.*?)(?: …)?`{1,2} \\|", Pattern.MULTILINE);

    private static String page;
    private static ImportResult result;

    @BeforeAll
    static void importTheGuide() throws IOException, ImportException {
        page = Files.readString(PAGE);
        result = Importer.importFiles(
                List.of(
                        source("k1.conf", "keepalived.conf"),
                        source("k2.conf", "keepalived-2.conf"),
                        source("k3.conf", "keepalived-3.conf")),
                source("haproxy.cfg", "haproxy.cfg"));
    }

    @Test
    void theFileIsTheImportersApartFromComments() {
        String shown = FILE.matcher(page).results().findFirst().orElseThrow().group(1);

        assertThat(withoutComments(shown)).isEqualTo(withoutComments(result.yaml()));
    }

    @Test
    void theMessagesAreTheImporters() {
        List<String> said = Stream.concat(result.notCarriedOver().stream(), result.toFillIn().stream())
                .map(Object::toString)
                .toList();
        List<String> shown = MESSAGE.matcher(page)
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();

        assertThat(shown)
                .hasSizeGreaterThan(3)
                .allSatisfy(message -> assertThat(said).anyMatch(line -> line.startsWith(message)));
    }

    private static List<String> withoutComments(String yaml) {
        return yaml.lines()
                .map(line -> line.replaceFirst(" *#.*", ""))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static SourceText source(String name, String file) throws IOException {
        return new SourceText(name, Files.readString(GUIDE.resolve(file)));
    }
}
