package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.fuzz.Corpus;
import io.jenkins.plugins.baton.lab.fuzz.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What nftables prints of the table in which an agent of any version left what it must know again. */
public class PersistedStateFuzzTest {
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Limits.keep(input, PersistedStateFuzzTest::read);
    }

    static Stream<Corpus.Input> corpus() throws IOException {
        return Corpus.of(PersistedStateFuzzTest.class);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void everyInputOfTheCorpusEndsInAValueOrTheDeclaredException(Corpus.Input input) throws Exception {
        fuzzerTestOneInput(input.bytes());
    }

    private static void read(byte[] input) {
        PersistedState state = PersistedState.parse(new String(input, StandardCharsets.UTF_8));
        assertThat(PersistedState.parse(state.commands())).isEqualTo(state);
    }
}
