package io.jenkins.plugins.baton.agent.vrrp.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.lab.fuzz.Corpus;
import io.jenkins.plugins.baton.lab.fuzz.Limits;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes behind an IP header: one packet with the same meaning when it is written again, or a reason to drop it. */
public class CodecFuzzTest {
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Limits.keep(input, CodecFuzzTest::read);
    }

    static Stream<Corpus.Input> corpus() throws IOException {
        return Corpus.of(CodecFuzzTest.class);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void everyInputOfTheCorpusEndsInAValueOrTheDeclaredException(Corpus.Input input) throws Exception {
        fuzzerTestOneInput(input.bytes());
    }

    /** The first byte chooses addresses and whether the checksum is made right; the rest is the packet. */
    private static void read(byte[] input) throws UnknownHostException {
        if (input.length == 0) {
            return;
        }
        boolean ipv6 = (input[0] & 1) != 0;
        boolean multicast = (input[0] & 2) != 0;
        InetAddress source = InetAddress.getByName(ipv6 ? "fe80::1" : "192.0.2.1");
        InetAddress destination =
                multicast ? Checksum.group(source) : InetAddress.getByName(ipv6 ? "fe80::2" : "192.0.2.2");
        ByteBuffer packet = ByteBuffer.wrap(Arrays.copyOfRange(input, 1, input.length));
        boolean whole = packet.remaining() >= Codec.HEADER && packet.remaining() % 2 == 0;
        if ((input[0] & 4) != 0 && whole) {
            correctChecksum(packet, source, destination);
        }
        Codec.isCarp(packet);
        Codec.virtualRouterId(packet);
        Advertisement advert;
        try {
            advert = Codec.decode(packet, source, destination);
        } catch (MalformedPacketException e) {
            assertThat(e.reason().explanation()).isNotBlank();
            return;
        }
        for (VirtualRouter.Checksum checksum : VirtualRouter.Checksum.values()) {
            ByteBuffer written = Codec.encode(advert, checksum, source, destination);
            assertThat(again(written, source, destination)).isEqualTo(advert);
        }
        assertThat(advert.addresses())
                .allSatisfy(a -> assertThat(a instanceof Inet6Address).isEqualTo(ipv6));
    }

    private static Advertisement again(ByteBuffer written, InetAddress source, InetAddress destination) {
        try {
            return Codec.decode(written, source, destination);
        } catch (MalformedPacketException e) {
            throw new AssertionError("what was written cannot be read", e);
        }
    }

    private static void correctChecksum(ByteBuffer packet, InetAddress source, InetAddress destination) {
        packet.putShort(6, (short) 0);
        int sum = packet.get(0) >>> 4 == 2 ? Checksum.of(packet) : Checksum.of(packet, source, destination);
        packet.putShort(6, (short) sum);
    }
}
