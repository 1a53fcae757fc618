package io.jenkins.plugins.baton.cluster.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.jenkins.plugins.baton.cluster.importer.haproxy.HostNames;
import io.jenkins.plugins.baton.cluster.importer.text.ImportException;
import io.jenkins.plugins.baton.cluster.importer.text.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files as people have them, each folder with what its user gets. After a change that is meant,
 * {@code mvn -pl cluster test -Dtest=FieldFilesTest -Dbaton.writeDocuments=true} writes the answers anew: read them.
 */
class FieldFilesTest {
    private static final Path FOLDER = Samples.FOLDER.resolve("field");

    /** Which prefix length is meant, and which nodes, where haproxy's servers are of both families. */
    private static final Set<String> LEFT_TO_A_PERSON = Set.of("addresses-of-no-host", "servers-of-haproxy");

    @ParameterizedTest
    @MethodSource("folders")
    void everyFolderGivesWhatItsOwnerMeans(String folder) throws Exception {
        assertAsExpected(folder, "expected.yaml", result(folder).yaml());
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyFolderSaysWhatIsNotCarriedOver(String folder) throws Exception {
        ImportResult result = result(folder);
        List<String> lines = new ArrayList<>();
        result.notCarriedOver().forEach(line -> lines.add("not carried over: " + line));
        result.toFillIn().forEach(line -> lines.add("to look at: " + line));
        assertAsExpected(folder, "expected.list", String.join("\n", lines) + "\n");
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyFolderGivesAFileThatBatonAccepts(String folder) throws Exception {
        assumeFalse(LEFT_TO_A_PERSON.contains(folder));
        assertThat(result(folder).toFillIn()).noneMatch(line -> line.startsWith("the written file's line"));
    }

    private static ImportResult result(String folder) throws IOException, ImportException {
        return Importer.importFiles(sources(folder, ".conf"), sources(folder, ".cfg"), HostNames.NONE);
    }

    private static List<SourceText> sources(String folder, String end) throws IOException, ImportException {
        List<SourceText> sources = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(end)).sorted().toList()) {
                sources.add(source(file));
            }
        }
        return sources;
    }

    private static SourceText source(Path file) throws IOException, ImportException {
        return SourceText.of(file.getFileName().toString(), Files.readAllBytes(file));
    }

    private static void assertAsExpected(String folder, String name, String actual) throws IOException {
        Path expected = FOLDER.resolve(folder).resolve(name);
        if (Boolean.getBoolean("baton.writeDocuments")) {
            Files.writeString(expected, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(expected));
    }

    static Stream<String> folders() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders
                    .filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }
}
