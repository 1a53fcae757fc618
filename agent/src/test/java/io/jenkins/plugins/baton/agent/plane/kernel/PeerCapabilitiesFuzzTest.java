package io.jenkins.plugins.baton.agent.plane.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.fuzz.Corpus;
import io.jenkins.plugins.baton.lab.fuzz.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an agent of any version says that its node can serve. */
public class PeerCapabilitiesFuzzTest {
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Limits.keep(input, PeerCapabilitiesFuzzTest::read);
    }

    static Stream<Corpus.Input> corpus() throws IOException {
        return Corpus.of(PeerCapabilitiesFuzzTest.class);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void everyInputOfTheCorpusEndsInAValueOrTheDeclaredException(Corpus.Input input) throws Exception {
        fuzzerTestOneInput(input.bytes());
    }

    private static void read(byte[] input) {
        PeerCapabilities capabilities = PeerCapabilities.parse(new String(input, StandardCharsets.UTF_8));
        assertThat(PeerCapabilities.parse(capabilities.text())).isEqualTo(capabilities);
    }
}
