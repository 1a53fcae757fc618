package io.jenkins.plugins.baton.agent.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement;
import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement.Trailer;
import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement.Type;
import io.jenkins.plugins.baton.agent.vrrp.packet.Codec;
import io.jenkins.plugins.baton.agent.vrrp.packet.DropReason;
import io.jenkins.plugins.baton.agent.vrrp.packet.Group;
import io.jenkins.plugins.baton.cluster.VirtualRouter.Checksum;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Packets for node m1 of the virtual router 51 with 10.86.13.36. */
class AdmissionTest {
    private static final InetAddress OWN = address("10.86.13.30");
    private static final Peer PEER = new Peer("m2", address("10.86.13.31"), 100);
    private static final InetAddress STRANGER = address("10.86.13.77");
    private static final InetAddress VIP = address("10.86.13.36");
    private static final InetAddress GROUP = Group.MULTICAST_IPV4;
    private static final long SECOND = 1_000_000_000L;
    private static final Trailer PASSWORD = new Trailer(1, 0x3131313100000000L);

    private final Group version3 = new Group(51, 3, SECOND, List.of(VIP), Trailer.NONE, false);
    private final Group version2 = new Group(51, 2, SECOND, List.of(VIP), PASSWORD, false);

    @Test
    void advertOfAPeerIsLetIn() {
        Advertisement advert = version3.packet(Type.ADVERTISEMENT, 100);

        assertThat(examine(version3, advert)).isEqualTo(new AdmissionResult.Admitted(new Event.Heard(PEER, advert)));
    }

    @Test
    void version3LearnsAnotherInterval() {
        assertThat(examine(version3, interval(version3, 3 * SECOND))).isInstanceOf(AdmissionResult.Admitted.class);
    }

    @Test
    void version2DemandsTheSameInterval() {
        assertThat(examine(version2, interval(version2, 3 * SECOND)))
                .isEqualTo(new AdmissionResult.Dropped(DropReason.INTERVAL_MISMATCH));
    }

    @Test
    void intervalOfZeroIsNone() {
        assertThat(examine(version3, interval(version3, 0)))
                .isEqualTo(new AdmissionResult.Dropped(DropReason.INTERVAL_MISMATCH));
    }

    @Test
    void orderOfTheAddressesDoesNotMatter() {
        InetAddress second = address("10.86.13.37");
        Group two = new Group(51, 3, SECOND, List.of(VIP, second), Trailer.NONE, false);
        Group reversed = new Group(51, 3, SECOND, List.of(second, VIP), Trailer.NONE, false);

        assertThat(examine(two, reversed.packet(Type.ADVERTISEMENT, 100))).isInstanceOf(AdmissionResult.Admitted.class);
    }

    @Test
    void priority255IsNobodys() {
        for (Group group : List.of(version2, version3)) {
            assertThat(examine(group, group.packet(Type.ADVERTISEMENT, 255)))
                    .isEqualTo(new AdmissionResult.Dropped(DropReason.PRIORITY_OWNER));
        }
    }

    @Test
    void carpOfTheSameNumberIsNamedAndThatOfAnotherIsNot() {
        byte[] carp = new byte[36];
        carp[0] = 0x21;
        carp[1] = 51;
        carp[3] = 7;
        Admission admission = new Admission(version3, settings());

        assertThat(admission.examine(ByteBuffer.wrap(carp), STRANGER, GROUP, 255))
                .isEqualTo(new AdmissionResult.Carp());
        carp[1] = 52;
        assertThat(admission.examine(ByteBuffer.wrap(carp), STRANGER, GROUP, 255))
                .isEqualTo(new AdmissionResult.Dropped(DropReason.WRONG_VRID));
    }

    @Test
    void otherAddressesAreAMismatch() {
        Group other = new Group(51, 3, SECOND, List.of(address("10.86.13.37")), Trailer.NONE, false);
        Group more = new Group(51, 3, SECOND, List.of(VIP, address("10.86.13.37")), Trailer.NONE, false);

        for (Group group : List.of(other, more)) {
            assertThat(examine(version3, group.packet(Type.ADVERTISEMENT, 100)))
                    .isEqualTo(new AdmissionResult.Dropped(DropReason.ADDRESS_LIST_MISMATCH));
        }
    }

    @Test
    void missingAuthenticationIsTold() {
        Group open = new Group(51, 2, SECOND, List.of(VIP), Trailer.NONE, false);

        assertThat(examine(version2, open.packet(Type.ADVERTISEMENT, 100)))
                .isEqualTo(new AdmissionResult.Dropped(DropReason.AUTHENTICATION_TYPE));
    }

    @Test
    void wrongPasswordIsTold() {
        Group other = new Group(51, 2, SECOND, List.of(VIP), new Trailer(1, 0x3232323200000000L), false);

        assertThat(examine(version2, other.packet(Type.ADVERTISEMENT, 100)))
                .isEqualTo(new AdmissionResult.Dropped(DropReason.AUTHENTICATION_PASSWORD));
    }

    @Test
    void otherVersionIsTold() {
        assertThat(examine(version3, version2.packet(Type.ADVERTISEMENT, 100)))
                .isEqualTo(new AdmissionResult.Dropped(DropReason.BAD_VERSION));
    }

    @Test
    void anotherGroupOnTheLanIsNoConflict() {
        Group other = new Group(52, 3, SECOND, List.of(VIP), Trailer.NONE, false);

        assertThat(examine(version3, other.packet(Type.ADVERTISEMENT, 100), STRANGER, GROUP, 255))
                .isEqualTo(new AdmissionResult.Dropped(DropReason.WRONG_VRID));
    }

    @Test
    void strangerWithOurVridIsNamedWhateverItsVersion() {
        for (Group group : List.of(version2, version3)) {
            Advertisement advert = group.packet(Type.ADVERTISEMENT, 100);

            assertThat(examine(version3, advert, STRANGER, GROUP, 255)).isEqualTo(new AdmissionResult.Stranger(advert));
            assertThat(new AdmissionResult.Stranger(advert).reason()).isEqualTo(DropReason.UNKNOWN_SENDER);
        }
    }

    @Test
    void ownAdvertThatComesBackIsALoop() {
        assertThat(examine(version3, version3.packet(Type.ADVERTISEMENT, 110), OWN, GROUP, 255))
                .isEqualTo(new AdmissionResult.Dropped(DropReason.OWN_ADDRESS));
    }

    @Test
    void routedMulticastIsIgnored() {
        assertThat(examine(version3, version3.packet(Type.ADVERTISEMENT, 100), PEER.address(), GROUP, 254))
                .isEqualTo(new AdmissionResult.Dropped(DropReason.BAD_TTL));
    }

    @Test
    void unicastPeerMayStandBehindARouter() {
        Group unicast = new Group(51, 3, SECOND, List.of(VIP), Trailer.NONE, true);

        assertThat(examine(unicast, unicast.packet(Type.ADVERTISEMENT, 100), PEER.address(), OWN, 60))
                .isInstanceOf(AdmissionResult.Admitted.class);
    }

    @Test
    void orderToTakeOverIsForOneNodeOnly() {
        Advertisement order = version3.packet(Type.TAKEOVER_ORDER, 110);

        assertThat(examine(version3, order, PEER.address(), OWN, 255))
                .isEqualTo(new AdmissionResult.TakeoverOrderAdmitted(new Event.TakeoverOrdered(PEER)));
        assertThat(examine(version3, order, PEER.address(), GROUP, 255))
                .isEqualTo(new AdmissionResult.Dropped(DropReason.BAD_TYPE));
    }

    @Test
    void orderOfPriorityZeroAsksForASuccessor() {
        assertThat(examine(version3, version3.packet(Type.TAKEOVER_ORDER, 0), PEER.address(), OWN, 255))
                .isEqualTo(new AdmissionResult.TakeoverOrderAdmitted(new Event.TakeoverRequested(PEER)));
    }

    /** RFC 3768 section 5.3.10. */
    @Test
    void octetsOfAuthenticationMeanNothingWhereThereIsNone() {
        Group open = new Group(51, 2, SECOND, List.of(VIP), Trailer.NONE, false);
        Group noisy = new Group(51, 2, SECOND, List.of(VIP), new Trailer(0, 7), false);

        assertThat(examine(open, noisy.packet(Type.ADVERTISEMENT, 100))).isInstanceOf(AdmissionResult.Admitted.class);
    }

    @Test
    void unicastOrdersOfAMulticastGroupMustComeFromThisLanToo() {
        assertThat(examine(version3, version3.packet(Type.TAKEOVER_ORDER, 110), PEER.address(), OWN, 254))
                .isEqualTo(new AdmissionResult.Dropped(DropReason.BAD_TTL));
    }

    @Test
    void multicastToAUnicastGroupMustComeFromThisLan() {
        Group unicast = new Group(51, 3, SECOND, List.of(VIP), Trailer.NONE, true);

        assertThat(examine(unicast, unicast.packet(Type.ADVERTISEMENT, 100), PEER.address(), GROUP, 254))
                .isEqualTo(new AdmissionResult.Dropped(DropReason.BAD_TTL));
    }

    @Test
    void packetMayLieAnywhereInItsBuffer() {
        Group high = new Group(200, 3, SECOND, List.of(VIP), Trailer.NONE, false);
        Advertisement advert = high.packet(Type.ADVERTISEMENT, 100);
        ByteBuffer packet = Codec.encode(advert, Checksum.PSEUDO_HEADER, PEER.address(), GROUP);
        ByteBuffer buffer =
                ByteBuffer.allocate(64).position(24).put(packet).flip().position(24);

        assertThat(new Admission(high, settings()).examine(buffer, PEER.address(), GROUP, 255))
                .isEqualTo(new AdmissionResult.Admitted(new Event.Heard(PEER, advert)));
    }

    @Test
    void brokenBytesAreDropped() {
        assertThat(new Admission(version3, settings()).examine(ByteBuffer.allocate(3), PEER.address(), GROUP, 255))
                .isEqualTo(new AdmissionResult.Dropped(DropReason.TRUNCATED));
        assertThat(new Admission(version3, settings()).examine(ByteBuffer.allocate(8), PEER.address(), GROUP, 255))
                .isEqualTo(new AdmissionResult.Dropped(DropReason.WRONG_VRID));
    }

    private static Advertisement interval(Group group, long nanos) {
        return new Group(
                        group.virtualRouterId(),
                        group.version(),
                        nanos,
                        group.addresses(),
                        group.authentication(),
                        group.unicast())
                .packet(Type.ADVERTISEMENT, 100);
    }

    private static AdmissionResult examine(Group group, Advertisement advert) {
        return examine(group, advert, PEER.address(), GROUP, 255);
    }

    private static AdmissionResult examine(
            Group group, Advertisement advert, InetAddress source, InetAddress destination, int hopLimit) {
        ByteBuffer packet = Codec.encode(advert, Checksum.PSEUDO_HEADER, source, destination);
        return new Admission(group, settings()).examine(packet, source, destination, hopLimit);
    }

    private static Settings settings() {
        return new Settings("m1", OWN, 3, 110, SECOND, true, 0, 0, List.of(PEER));
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(literal + " is a literal", e);
        }
    }
}
