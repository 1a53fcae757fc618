package io.jenkins.plugins.baton.cluster.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.importer.text.ImportException;
import io.jenkins.plugins.baton.cluster.importer.text.SourceText;
import io.jenkins.plugins.baton.lab.fuzz.Corpus;
import io.jenkins.plugins.baton.lab.fuzz.Limits;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any two files in the place of keepalived.conf and haproxy.cfg: a cluster file, or mistakes with their places. */
public class ImporterFuzzTest {
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Limits.keep(input, ImporterFuzzTest::read);
    }

    static Stream<Corpus.Input> corpus() throws IOException {
        return Corpus.of(ImporterFuzzTest.class);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void everyInputOfTheCorpusEndsInAValueOrTheDeclaredException(Corpus.Input input) throws Exception {
        fuzzerTestOneInput(input.bytes());
    }

    /** The first line that has only {@code ---} is between the two. */
    private static void read(byte[] input) {
        int between = between(input);
        try {
            SourceText keepalived = SourceText.of("keepalived.conf", Arrays.copyOf(input, between));
            SourceText haproxy = SourceText.of(
                    "haproxy.cfg", Arrays.copyOfRange(input, Math.min(input.length, between + 4), input.length));
            assertThat(Importer.importFiles(List.of(keepalived), haproxy).yaml())
                    .isNotBlank();
        } catch (ImportException e) {
            assertThat(e.problems())
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem.message()).isNotBlank());
        }
    }

    private static int between(byte[] input) {
        for (int i = 0; i + 4 <= input.length; i++) {
            if ((i == 0 || input[i - 1] == '\n')
                    && Arrays.equals(input, i, i + 4, new byte[] {'-', '-', '-', '\n'}, 0, 4)) {
                return i;
            }
        }
        return input.length;
    }
}
