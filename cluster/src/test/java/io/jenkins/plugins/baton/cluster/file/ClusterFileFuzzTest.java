package io.jenkins.plugins.baton.cluster.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.fuzz.Corpus;
import io.jenkins.plugins.baton.lab.fuzz.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any file in the place of a cluster file: a cluster, or mistakes with their places. */
public class ClusterFileFuzzTest {
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Limits.keep(input, ClusterFileFuzzTest::read);
    }

    static Stream<Corpus.Input> corpus() throws IOException {
        return Corpus.of(ClusterFileFuzzTest.class);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void everyInputOfTheCorpusEndsInAValueOrTheDeclaredException(Corpus.Input input) throws Exception {
        fuzzerTestOneInput(input.bytes());
    }

    private static void read(byte[] input) {
        try {
            ClusterFile file = ClusterFile.parse(Path.of("cluster.yaml"), input);
            assertThat(file.cluster().nodes()).isNotEmpty();
        } catch (ClusterFileException e) {
            assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.line()).isPositive();
                assertThat(problem.column()).isPositive();
                assertThat(problem.message()).isNotBlank();
            });
        }
    }
}
