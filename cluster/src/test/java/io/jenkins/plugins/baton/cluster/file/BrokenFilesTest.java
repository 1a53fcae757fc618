package io.jenkins.plugins.baton.cluster.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.baton.cluster.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Beside each broken file stands what is said about it: all of it, and nothing more. */
class BrokenFilesTest {
    private static final Path FILES = Path.of("src/test/resources/broken");

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyMistakeIsNamedInOneRun(String name) throws Exception {
        Path file = FILES.resolve(name);
        List<String> expected = Files.readAllLines(FILES.resolve(name.replace(".yaml", ".messages")));

        ClusterFileException refused = catchThrowableOfType(ClusterFileException.class, () -> ClusterFile.read(file));

        assertThat(refused).as("%s is refused", name).isNotNull();
        assertThat(refused.problems())
                .extracting(Problem::toString)
                .containsExactlyElementsOf(
                        expected.stream().map(line -> file + ":" + line).toList());
    }
}
