package io.jenkins.plugins.baton.agent.peerlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.secret.GroupSecret;
import io.jenkins.plugins.baton.lab.fuzz.Corpus;
import io.jenkins.plugins.baton.lab.fuzz.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is at the other end of a peer link: its lines are messages, nothing, or those of a stranger. */
public class PeerProtocolFuzzTest {
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Limits.keep(input, PeerProtocolFuzzTest::read);
    }

    static Stream<Corpus.Input> corpus() throws IOException {
        return Corpus.of(PeerProtocolFuzzTest.class);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void everyInputOfTheCorpusEndsInAValueOrTheDeclaredException(Corpus.Input input) throws Exception {
        fuzzerTestOneInput(input.bytes());
    }

    private static void read(byte[] input) {
        PeerProtocol protocol = new PeerProtocol("m1", "m2", () -> GroupSecret.NONE);
        try {
            for (String line : new String(input, StandardCharsets.UTF_8).split("\n", -1)) {
                protocol.read(line).ifPresent(message -> assertThat(line).contains(message.text()));
            }
        } catch (PeerProtocol.ForeignPeerException e) {
            assertThat(e).hasMessageMatching("what .*");
        }
    }
}
