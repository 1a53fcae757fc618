package io.jenkins.plugins.baton.cluster.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cluster files that the documents offer to copy. */
class ExampleFilesTest {
    private static final Path FOLDER = Path.of("../docs/examples");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.getFileName().toString().matches("cluster-.*\\.yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void isValidWithoutAWarning(Path file) throws ClusterFileException {
        assertThat(ClusterFile.read(file).warnings()).isEmpty();
    }

    @Test
    void beforeKubeadmOnlyTheCheckAndThePlaneDiffer() throws IOException {
        assertThat(Files.readString(FOLDER.resolve("cluster-before-kubeadm.yaml"))
                        .lines()
                        .skip(1))
                .containsExactlyElementsOf(Files.readString(FOLDER.resolve("cluster-kubeadm.yaml"))
                        .replace("    check: {type: https, path: /readyz}", "    plane: proxy\n    check: none")
                        .lines()
                        .skip(1)
                        .toList());
    }
}
