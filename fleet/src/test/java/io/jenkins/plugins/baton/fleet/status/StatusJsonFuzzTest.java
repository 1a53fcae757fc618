package io.jenkins.plugins.baton.fleet.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import io.jenkins.plugins.baton.lab.fuzz.Corpus;
import io.jenkins.plugins.baton.lab.fuzz.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a node of any version answers when it is asked for its status: it can be read and kept in a report, or is refused. */
public class StatusJsonFuzzTest {
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Limits.keep(input, StatusJsonFuzzTest::read);
    }

    static Stream<Corpus.Input> corpus() throws IOException {
        return Corpus.of(StatusJsonFuzzTest.class);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void everyInputOfTheCorpusEndsInAValueOrTheDeclaredException(Corpus.Input input) throws Exception {
        fuzzerTestOneInput(input.bytes());
    }

    private static void read(byte[] input) throws IOException {
        NodeStatus status;
        try {
            status = StatusJson.parse(new String(input, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("(?s)the agent's status .*");
            return;
        }
        String kept = StatusJson.mapper().writeValueAsString(status);
        assertThat(StatusJson.parse(kept).node()).isEqualTo(status.node());
    }
}
