package io.jenkins.plugins.baton.agent.plane.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.fuzz.Corpus;
import io.jenkins.plugins.baton.lab.fuzz.Limits;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Between any two ends, of any family: the header that a backend gets says who they are. */
public class ProxyHeaderFuzzTest {
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Limits.keep(input, ProxyHeaderFuzzTest::read);
    }

    static Stream<Corpus.Input> corpus() throws IOException {
        return Corpus.of(ProxyHeaderFuzzTest.class);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void everyInputOfTheCorpusEndsInAValueOrTheDeclaredException(Corpus.Input input) throws Exception {
        fuzzerTestOneInput(input.bytes());
    }

    /** Version and families in the first byte, then two ends: 16 or 4 bytes of address and two of port. */
    private static void read(byte[] input) throws UnknownHostException {
        if (input.length < 37) {
            return;
        }
        int version = 1 + (input[0] & 1);
        InetSocketAddress from = end(input, 1, (input[0] & 2) != 0);
        InetSocketAddress to = end(input, 19, (input[0] & 4) != 0);
        EmbeddedChannel backend = new EmbeddedChannel(new HAProxyMessageDecoder());
        backend.writeInbound(Unpooled.wrappedBuffer(ProxyHeader.of(version, from, to)));
        HAProxyMessage read = backend.readInbound();
        assertThat(InetAddress.getByName(read.sourceAddress())).isEqualTo(from.getAddress());
        assertThat(InetAddress.getByName(read.destinationAddress())).isEqualTo(to.getAddress());
        assertThat(read.sourcePort()).isEqualTo(from.getPort());
        assertThat(read.destinationPort()).isEqualTo(to.getPort());
        read.release();
        backend.finishAndReleaseAll();
    }

    private static InetSocketAddress end(byte[] input, int at, boolean ipv6) throws UnknownHostException {
        byte[] octets = Arrays.copyOfRange(input, at, at + (ipv6 ? 16 : 4));
        int port = (input[at + 16] & 0xff) << 8 | input[at + 17] & 0xff;
        return new InetSocketAddress(InetAddress.getByAddress(octets), Math.max(1, port)); // TCP has no port 0
    }
}
