package io.jenkins.plugins.baton.fleet.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.fuzz.Corpus;
import io.jenkins.plugins.baton.lab.fuzz.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A known_hosts file that anybody wrote: every line is read or skipped, and the file says something of any host. */
public class KnownHostsFuzzTest {
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Limits.keep(input, KnownHostsFuzzTest::read);
    }

    static Stream<Corpus.Input> corpus() throws IOException {
        return Corpus.of(KnownHostsFuzzTest.class);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void everyInputOfTheCorpusEndsInAValueOrTheDeclaredException(Corpus.Input input) throws Exception {
        fuzzerTestOneInput(input.bytes());
    }

    private static final String LONG = "a".repeat(253);

    private static void read(byte[] input) {
        KnownHosts hosts = KnownHosts.parse(new String(input, StandardCharsets.ISO_8859_1));
        byte[] key =
                hosts.lines().isEmpty() ? new byte[] {1} : hosts.lines().get(0).key();
        for (String host : new String[] {"192.0.2.1", "m1.example.org", LONG, ""}) {
            for (int port : new int[] {22, 2222}) {
                assertThat(hosts.judge(host, port, key).line()).isNotNegative();
                assertThat(hosts.types(host, port)).doesNotContainNull();
                hosts.authority(host, port);
            }
        }
    }
}
