package io.jenkins.plugins.baton.agent.management.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.management.control.ControlCommands.Refusal;
import io.jenkins.plugins.baton.lab.fuzz.Corpus;
import io.jenkins.plugins.baton.lab.fuzz.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import javax.management.MBeanServerFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A line that any program sends to the control socket: its words are decoded or refused with a sentence. */
public class ControlCommandsFuzzTest {
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Limits.keep(input, ControlCommandsFuzzTest::read);
    }

    static Stream<Corpus.Input> corpus() throws IOException {
        return Corpus.of(ControlCommandsFuzzTest.class);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void everyInputOfTheCorpusEndsInAValueOrTheDeclaredException(Corpus.Input input) throws Exception {
        fuzzerTestOneInput(input.bytes());
    }

    private static void read(byte[] input) {
        Words words = Words.of(new String(input, StandardCharsets.UTF_8).strip());
        words.operator();
        words.every().ifPresent(millis -> assertThat(millis).isBetween(0L, 999_999_999L));
        try {
            words.reason().ifPresent(reason -> assertThat(reason).isNotBlank().doesNotContain("\n"));
            List<String> plain = words.plain();
            if (!plain.isEmpty()) {
                Words.decode(plain.get(0));
                new BeanOperations(MBeanServerFactory.newMBeanServer()).carryOut(plain, "root");
            }
        } catch (Refusal e) {
            assertThat(e.exitCode()).isBetween(1, 2);
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }
}
