package io.jenkins.plugins.baton.agent.vrrp;

import static io.jenkins.plugins.baton.agent.vrrp.Node.M1;
import static io.jenkins.plugins.baton.agent.vrrp.Node.M3;
import static io.jenkins.plugins.baton.agent.vrrp.Node.MS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The times of node m2, priority 100, between m1 (110) and m3 (90). */
class TimersTest {
    private static final long SKEW = 156 * 100 * MS / 256;

    @Test
    void timesAreThoseOfTheDocuments() {
        Settings settings = interval(100);

        assertThat(Timers.backupTick(settings)).isEqualTo(112_500_000);
        assertThat(Timers.stallThreshold(settings)).isEqualTo(162_500_000);
        assertThat(Timers.stallGrace(settings)).isEqualTo(150 * MS);
        assertThat(Timers.safeSilence(settings)).isEqualTo(300 * MS);
        assertThat(Timers.staleAdvertAge(settings)).isEqualTo(25 * MS);
        assertThat(Timers.answerGap(settings)).isEqualTo(6_250_000);
        assertThat(Router.initial(settings, 0).safeSilenceNanos()).isEqualTo(300 * MS);
        assertThat(Router.initial(settings, 0).settings()).isEqualTo(settings);
    }

    /** All peers have their turn, and keepalived time to preempt a master of the lowest priority. */
    @Test
    void searchForASuccessorLastsFourIntervalsWithinItsBounds() {
        assertThat(Timers.search(interval(50))).isEqualTo(370 * MS);
        assertThat(Timers.search(interval(100))).isEqualTo(400 * MS);
        assertThat(Timers.search(interval(1_000))).isEqualTo(500 * MS);
    }

    @Test
    void namedPeerHasASecondOrThreeIntervals() {
        assertThat(Timers.transfer(interval(100))).isEqualTo(1_000 * MS);
        assertThat(Timers.transfer(interval(1_000))).isEqualTo(3_000 * MS);
    }

    @Test
    void nextInLineSucceedsAtOnceAndOthersWaitTheirSkewAndASixteenthForEachThatComesFirst() {
        Router router = Router.initial(interval(100), 0);

        assertThat(Timers.succession(router, 100 * MS, Optional.of(M1))).isZero();
        assertThat(Timers.succession(router, 100 * MS, Optional.of(M3))).isEqualTo(SKEW + 100 * MS / 16);
        assertThat(Timers.masterDown(router, 100 * MS, Optional.of(M1))).isEqualTo(300 * MS + SKEW);
        assertThat(Timers.masterDown(router, 100 * MS, Optional.empty())).isEqualTo(300 * MS + SKEW + 100 * MS / 16);
    }

    /** Its address decides between the two. */
    @Test
    void peerOfEqualPriorityMayComeFirst() {
        Peer equal = new Peer("m4", Node.address(33), 100);
        Settings settings = settings(100, List.of(equal));

        assertThat(Router.initial(settings, 0).higherRanked(Optional.empty())).isEqualTo(1);
    }

    @Test
    void leaseIsRenewedTogetherWithAnAdvertThatComesSoonAfter() {
        assertThat(deadline(1_040 * MS, 1_000 * MS)).isEqualTo(1_040 * MS);
        assertThat(deadline(1_050 * MS, 1_000 * MS)).isEqualTo(1_050 * MS);
        assertThat(deadline(1_050 * MS + 1, 1_000 * MS)).isEqualTo(1_000 * MS);
        assertThat(deadline(900 * MS, 1_000 * MS)).isEqualTo(900 * MS);
    }

    @Test
    void masterThatSeeksASuccessorWakesUpForItsRequestAndForItsEnd() {
        assertThat(seeking(700 * MS, 800 * MS).deadline()).isEqualTo(700 * MS);
        assertThat(seeking(700 * MS, 600 * MS).deadline()).isEqualTo(600 * MS);
    }

    private static long deadline(long advertiseAt, long renewAt) {
        return master(advertiseAt, renewAt, Optional.empty()).deadline();
    }

    private static Role.Master seeking(long repeatAt, long deadline) {
        Role.Transfer transfer = new Role.Transfer(Optional.empty(), Role.Purpose.HANDOVER, "x", 0, repeatAt, deadline);
        return master(1_000 * MS, 1_000 * MS, Optional.of(transfer));
    }

    private static Role.Master master(long advertiseAt, long renewAt, Optional<Role.Transfer> transfer) {
        Announcements none = new Announcements(Role.NEVER, Role.NEVER, 0, Role.NEVER, 0, 0);
        return new Role.Master(0, advertiseAt, renewAt, none, OptionalInt.empty(), Optional.empty(), transfer);
    }

    private static Settings interval(long millis) {
        return settings(millis, List.of(M1, M3));
    }

    private static Settings settings(long millis, List<Peer> peers) {
        return new Settings("m2", Node.address(31), 3, 100, millis * MS, true, 0, 0, peers);
    }
}
