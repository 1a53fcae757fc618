package io.jenkins.plugins.baton.agent.linux.netfilter;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.netlink.NetlinkMessage;
import io.jenkins.plugins.baton.lab.fuzz.Corpus;
import io.jenkins.plugins.baton.lab.fuzz.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the kernel tells of tracked connections and of rules: the type in two bytes, and the body of the message. */
public class ConnectionMessageFuzzTest {
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Limits.keep(input, ConnectionMessageFuzzTest::read);
    }

    static Stream<Corpus.Input> corpus() throws IOException {
        return Corpus.of(ConnectionMessageFuzzTest.class);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void everyInputOfTheCorpusEndsInAValueOrTheDeclaredException(Corpus.Input input) throws Exception {
        fuzzerTestOneInput(input.bytes());
    }

    private static void read(byte[] input) throws UnknownHostException {
        if (input.length < 2) {
            return;
        }
        ByteBuffer all = ByteBuffer.wrap(input).order(ByteOrder.nativeOrder());
        ByteBuffer body = all.slice(2, input.length - 2).order(ByteOrder.nativeOrder());
        NetlinkMessage message = new NetlinkMessage(all.getShort(0) & 0xffff, 0, 1, body);
        InetAddress vip = InetAddress.getByName("192.0.2.9");
        ConnectionMessage.read(message, vip, 6443).ifPresent(connection -> {
            assertThat(connection.client()).isNotNull();
            assertThat(connection.server()).isNotNull();
        });
        RuleTables.family(message);
        RuleTables.comment(body);
    }
}
