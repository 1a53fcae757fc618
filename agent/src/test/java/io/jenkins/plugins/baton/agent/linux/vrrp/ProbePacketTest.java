package io.jenkins.plugins.baton.agent.linux.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.vrrp.ProbePacket.Protocol;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProbePacketTest {
    private static final int TOKEN = 0x1234_5678;
    private static final InetAddress M1 = address("10.86.13.30");
    private static final InetAddress M2 = address("10.86.13.31");

    @Test
    void packetIsReadAsItWasSent() {
        ProbePacket probe = new ProbePacket(Protocol.TCP, M1, 40000, M2, 6443);

        assertThat(ProbePacket.read(packet(probe, 0x45), TOKEN)).contains(probe);
        assertThat(ProbePacket.read(packet(probe, 0x45), TOKEN + 1)).isEmpty();
    }

    @Test
    void packetThatIsCutIsNoProbe() {
        byte[] whole = packet(new ProbePacket(Protocol.VRRP, M1, 0, M2, 0), 0x45);
        for (int length = 0; length < whole.length; length++) {
            assertThat(ProbePacket.read(Arrays.copyOf(whole, length), TOKEN)).isEmpty();
        }
    }

    @Test
    void headerThatIsShorterThanAnyIsNoProbes() {
        byte[] packet = packet(new ProbePacket(Protocol.TCP, M1, 40000, M2, 6443), 0x40);

        assertThat(ProbePacket.read(packet, TOKEN)).isEmpty();
        assertThat(ProbePacket.read(Arrays.copyOf(packet, 12), TOKEN)).isEmpty();
    }

    /** @param versionAndLength the first octet of the IPv4 header */
    private static byte[] packet(ProbePacket probe, int versionAndLength) {
        byte[] payload = probe.payload(TOKEN);
        return ByteBuffer.allocate(20 + payload.length)
                .put(0, (byte) versionAndLength)
                .put(9, (byte) probe.protocol().number())
                .put(12, probe.source().getAddress())
                .put(16, probe.destination().getAddress())
                .put(20, payload)
                .array();
    }

    private static InetAddress address(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }
}
