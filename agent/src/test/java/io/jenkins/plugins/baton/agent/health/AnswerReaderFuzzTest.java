package io.jenkins.plugins.baton.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.fuzz.Corpus;
import io.jenkins.plugins.baton.lab.fuzz.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever answers a check by HTTP, in pieces of any length: a status, none yet, or a reason why it is no answer. */
public class AnswerReaderFuzzTest {
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Limits.keep(input, AnswerReaderFuzzTest::read);
    }

    static Stream<Corpus.Input> corpus() throws IOException {
        return Corpus.of(AnswerReaderFuzzTest.class);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void everyInputOfTheCorpusEndsInAValueOrTheDeclaredException(Corpus.Input input) throws Exception {
        fuzzerTestOneInput(input.bytes());
    }

    /** The first byte is the length of the pieces. */
    private static void read(byte[] input) {
        if (input.length == 0) {
            return;
        }
        AnswerReader reader = new AnswerReader();
        int length = Math.max(1, input[0] & 0xff);
        try {
            OptionalInt status = OptionalInt.empty();
            for (int at = 1; at < input.length && status.isEmpty(); at += length) {
                status = reader.read(ByteBuffer.wrap(input, at, Math.min(length, input.length - at)));
            }
            status.ifPresent(code -> assertThat(code).isBetween(200, 999));
        } catch (IOException e) {
            assertThat(e).hasMessageStartingWith("the ");
        }
    }
}
