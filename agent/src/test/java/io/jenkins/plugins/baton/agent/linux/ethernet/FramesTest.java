package io.jenkins.plugins.baton.agent.linux.ethernet;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Frames byte for byte; those marked so were captured from keepalived 2.2.7 with tcpdump. */
class FramesTest {
    private static final MacAddress MAC = new MacAddress(0x5a6f_c961_f4ecL);
    private static final MacAddress OTHER = new MacAddress(0x5a6f_c961_0001L);

    @Test
    void gratuitousRequestIsThatOfKeepalived() throws Exception {
        assertThat(ArpFrame.gratuitousRequest(MAC, ipv4("10.9.0.36"))).isEqualTo(hex("""
                ffff ffff ffff 5a6f c961 f4ec 0806 0001
                0800 0604 0001 5a6f c961 f4ec 0a09 0024
                ffff ffff ffff 0a09 0024"""));
    }

    @Test
    void gratuitousReplyNamesItsSenderAsTheTargetToo() throws Exception {
        assertThat(ArpFrame.gratuitousReply(MAC, ipv4("10.9.0.36"))).isEqualTo(hex("""
                ffff ffff ffff 5a6f c961 f4ec 0806 0001
                0800 0604 0002 5a6f c961 f4ec 0a09 0024
                5a6f c961 f4ec 0a09 0024"""));
    }

    @Test
    void arpProbeComesFromNoAddress() throws Exception {
        assertThat(ArpFrame.probe(MAC, ipv4("10.9.0.36"))).isEqualTo(hex("""
                ffff ffff ffff 5a6f c961 f4ec 0806 0001
                0800 0604 0001 5a6f c961 f4ec 0000 0000
                0000 0000 0000 0a09 0024"""));
    }

    @Test
    void unsolicitedAdvertisementIsThatOfKeepalived() throws Exception {
        assertThat(NeighbourAdvertisement.unsolicited(MAC, ipv6("fd00:9::36"), false))
                .isEqualTo(hex("""
                3333 0000 0001 5a6f c961 f4ec 86dd 6000
                0000 0020 3aff fd00 0009 0000 0000 0000
                0000 0000 0036 ff02 0000 0000 0000 0000
                0000 0000 0001 8800 4362 2000 0000 fd00
                0009 0000 0000 0000 0000 0000 0036 0201
                5a6f c961 f4ec"""));
    }

    @Test
    void advertisementOfANodeThatForwardsSaysSo() throws Exception {
        byte[] frame = NeighbourAdvertisement.unsolicited(MAC, ipv6("fd00:9::36"), true);

        assertThat(frame[Icmpv6Frame.OFFSET_MESSAGE + 4]).isEqualTo((byte) 0xa0);
        assertThat(frame[Icmpv6Frame.OFFSET_MESSAGE + 2]).isEqualTo((byte) (0x43 - 0x80));
    }

    @Test
    void solicitationGoesToTheGroupOfTheAddress() throws Exception {
        assertThat(NeighbourSolicitation.probe(MAC, ipv6("fd00:9::12:3436"))).startsWith(hex("""
                3333 ff12 3436 5a6f c961 f4ec 86dd 6000
                0000 0018 3aff 0000 0000 0000 0000 0000
                0000 0000 0000 ff02 0000 0000 0000 0000
                0001 ff12 3436 8700"""));
    }

    @Test
    void replyAndGratuitousFramesClaimTheAddressOfTheirSender() throws Exception {
        assertThat(ArpFrame.claimant(ArpFrame.gratuitousReply(OTHER, ipv4("10.9.0.36")), ipv4("10.9.0.36")))
                .contains(OTHER);
        assertThat(ArpFrame.claimant(ArpFrame.gratuitousReply(OTHER, ipv4("10.9.0.37")), ipv4("10.9.0.36")))
                .isEmpty();
    }

    @Test
    void probeOfAnotherNodeForTheSameAddressClaimsIt() throws Exception {
        assertThat(ArpFrame.claimant(ArpFrame.probe(OTHER, ipv4("10.9.0.36")), ipv4("10.9.0.36")))
                .contains(OTHER);
        assertThat(ArpFrame.claimant(ArpFrame.probe(OTHER, ipv4("10.9.0.37")), ipv4("10.9.0.36")))
                .isEmpty();
    }

    @Test
    void shortFrameClaimsNothing() throws Exception {
        assertThat(ArpFrame.claimant(new byte[41], ipv4("0.0.0.0"))).isEmpty();
        assertThat(NeighbourAdvertisement.sender(new byte[60], ipv6("fd00:9::36")))
                .isEmpty();
    }

    @Test
    void advertisementNamesTheUserOfItsTargetOnly() throws Exception {
        byte[] frame = NeighbourAdvertisement.unsolicited(OTHER, ipv6("fd00:9::36"), false);

        assertThat(NeighbourAdvertisement.sender(frame, ipv6("fd00:9::36"))).contains(OTHER);
        assertThat(NeighbourAdvertisement.sender(frame, ipv6("fd00:9::37"))).isEmpty();
    }

    @Test
    void forwardedAdvertisementIsNotBelieved() throws Exception {
        byte[] frame = NeighbourAdvertisement.unsolicited(OTHER, ipv6("fd00:9::36"), false);
        frame[14 + 7] = (byte) 254;

        assertThat(NeighbourAdvertisement.sender(frame, ipv6("fd00:9::36"))).isEmpty();
    }

    private static Inet4Address ipv4(String address) throws Exception {
        return (Inet4Address) InetAddress.getByName(address);
    }

    private static Inet6Address ipv6(String address) throws Exception {
        return (Inet6Address) InetAddress.getByName(address);
    }

    private static byte[] hex(String dump) {
        return HexFormat.of().parseHex(dump.replaceAll("\\s", ""));
    }
}
