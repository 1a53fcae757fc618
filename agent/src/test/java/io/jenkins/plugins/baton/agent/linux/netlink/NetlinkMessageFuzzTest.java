package io.jenkins.plugins.baton.agent.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.lab.fuzz.Corpus;
import io.jenkins.plugins.baton.lab.fuzz.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read from a netlink socket: messages about links, addresses and neighbours, acknowledgements, anything. */
public class NetlinkMessageFuzzTest {
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Limits.keep(input, NetlinkMessageFuzzTest::read);
    }

    static Stream<Corpus.Input> corpus() throws IOException {
        return Corpus.of(NetlinkMessageFuzzTest.class);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void everyInputOfTheCorpusEndsInAValueOrTheDeclaredException(Corpus.Input input) throws Exception {
        fuzzerTestOneInput(input.bytes());
    }

    private static void read(byte[] input) {
        NetlinkMessage.forEach(ByteBuffer.wrap(input), message -> {
            LinkMessage.read(message);
            AddressMessage.read(message);
            NeighbourMessage.read(message, 2);
            LocalPeers.peer(message);
            message.errorCode();
            message.errorText();
        });
        NetlinkSession session = new NetlinkSession(new Answers(input));
        try {
            session.exchange(
                    "fuzz",
                    NetlinkRequest.of(0, 0, new byte[0]),
                    message -> assertThat(message.sequence()).isEqualTo(1));
        } catch (LinuxException e) {
            assertThat(e.errno()).isNotNull();
        }
    }

    /** A kernel that answers with the input, every part of it as the answer to the first question, and then no more. */
    private static final class Answers implements NetlinkSession.Channel {
        private final ByteBuffer input;

        Answers(byte[] input) {
            this.input = ByteBuffer.wrap(input).order(ByteOrder.nativeOrder());
        }

        @Override
        public void send(String attempted, byte[] request) {}

        @Override
        public boolean receive(String attempted, Consumer<NetlinkMessage> reader) {
            NetlinkMessage.forEach(
                    input,
                    message -> reader.accept(new NetlinkMessage(message.type(), message.flags(), 1, message.body())));
            boolean some = input.hasRemaining();
            input.position(input.limit());
            return some;
        }

        @Override
        public void close() {}
    }
}
