package io.jenkins.plugins.baton.agent.vrrp;

import static io.jenkins.plugins.baton.agent.vrrp.Node.M1;
import static io.jenkins.plugins.baton.agent.vrrp.Node.M3;
import static io.jenkins.plugins.baton.agent.vrrp.Node.MASTER_DOWN;
import static io.jenkins.plugins.baton.agent.vrrp.Node.MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.vrrp.Action.AddAddresses;
import io.jenkins.plugins.baton.agent.vrrp.Action.Advertise;
import io.jenkins.plugins.baton.agent.vrrp.Action.Announce;
import io.jenkins.plugins.baton.agent.vrrp.Action.Became;
import io.jenkins.plugins.baton.agent.vrrp.Action.Releasing;
import io.jenkins.plugins.baton.agent.vrrp.Action.Remained;
import io.jenkins.plugins.baton.agent.vrrp.Action.RemoveAddresses;
import io.jenkins.plugins.baton.agent.vrrp.Action.RenewLease;
import io.jenkins.plugins.baton.agent.vrrp.Action.Stalled;
import io.jenkins.plugins.baton.agent.vrrp.Action.Taking;
import io.jenkins.plugins.baton.agent.vrrp.Action.TrySending;
import io.jenkins.plugins.baton.jmx.State;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class StateMachineTest {

    @Test
    void takeoverIsAdvertThenAddressesThenFiveAnnouncementsAndFiveMoreAfterFiveSeconds() {
        Node node = Node.backupOf(M1).passes(MASTER_DOWN);

        assertThat(node.actions())
                .hasSize(5)
                .first()
                .isEqualTo(new Became(State.BACKUP, State.MASTER, "m1 has been silent for 360 ms"));
        assertThat(node.actions()).endsWith(new Advertise(100), new Taking(false), new AddAddresses(), new Announce(5));
        assertThat(node.forget().passes(4_990 * MS).actions()).doesNotContain(new Announce(5));
        assertThat(node.passes(20 * MS).actions()).containsOnlyOnce(new Announce(5));
    }

    @Test
    void backupWaitsThreeIntervalsAndItsSkewTime() {
        assertThat(Node.backupOf(M1).passes(MASTER_DOWN - MS).state()).isEqualTo(State.BACKUP);
        assertThat(Node.backupOf(M1).passes(MASTER_DOWN).state()).isEqualTo(State.MASTER);
    }

    @Test
    void backupWaitsASixteenthLongerForEverySeniorThatMayLive() {
        Node node = Node.backupOf(M3, s -> preempting(s, false));

        assertThat(node.passes(MASTER_DOWN + 6 * MS).state()).isEqualTo(State.BACKUP);
        assertThat(node.passes(MS).state()).isEqualTo(State.MASTER);
    }

    @Test
    void backupGoesByTheIntervalOfTheMaster() {
        Node node = Node.backupOf(M1).hears(M1, 110, 1_000 * MS);

        assertThat(node.passes(3_600 * MS).state()).isEqualTo(State.BACKUP);
        assertThat(node.passes(20 * MS).state()).isEqualTo(State.MASTER);
    }

    @Test
    void version2CountsTheSkewTimeInPartsOfASecond() {
        Node node = Node.backupOf(
                        M1,
                        s -> new Settings(s.node(), s.address(), 2, s.priority(), 3_000 * MS, true, 0, 0, s.peers()))
                .hears(M1, 110, 3_000 * MS);

        assertThat(node.passes(9_600 * MS).state()).isEqualTo(State.BACKUP);
        assertThat(node.passes(20 * MS).state()).isEqualTo(State.MASTER);
    }

    @Test
    void masterAdvertisesEachIntervalAndRenewsItsLeaseTwiceASecond() {
        Node node = Node.master().passes(1_000 * MS);

        assertThat(node.actions()).filteredOn(a -> a instanceof Advertise).hasSize(10);
        assertThat(node.actions()).filteredOn(a -> a instanceof RenewLease).hasSize(2);
    }

    @Test
    void masterRefreshesTheNeighboursFromTimeToTime() {
        assertThat(Node.master().passes(61_000 * MS).actions()).containsOnlyOnce(new Announce(5));
    }

    @Test
    void higherNodePreemptsWhenItsTimerRunsOutAndNotBefore() {
        Node node = Node.started(UnaryOperator.identity());
        long started = MASTER_DOWN + 6 * MS + 1_000 * MS;
        for (long heard = 0; heard < started - 100 * MS; heard += 100 * MS) {
            assertThat(node.hears(M3).passes(100 * MS).state()).isEqualTo(State.BACKUP);
        }
        assertThat(node.hears(M3).passes(100 * MS).state()).isEqualTo(State.MASTER);
        assertThat(node.actions())
                .contains(new Became(State.BACKUP, State.MASTER, "preempts m3 (priority 90 against 100)"));
    }

    @Test
    void withoutPreemptionALowerMasterIsLeftAlone() {
        Node node = Node.backupOf(M3, s -> preempting(s, false));
        for (int i = 0; i < 30; i++) {
            node.hears(M3).passes(100 * MS);
        }
        assertThat(node.state()).isEqualTo(State.BACKUP);
    }

    @Test
    void nodeThatCouldNotServeLeavesALowerMasterAloneUntilItCould() {
        Node node = Node.backupOf(M3).happens(new Event.Prepared(false));
        for (int i = 0; i < 20; i++) {
            node.hears(M3).passes(100 * MS);
        }
        assertThat(node.state()).isEqualTo(State.BACKUP);
        node.happens(new Event.Prepared(true));
        for (int i = 0; i < 5; i++) {
            node.hears(M3).passes(100 * MS);
        }
        assertThat(node.state()).isEqualTo(State.MASTER);
    }

    @Test
    void nodeThatCouldNotServeTakesOverFromADeadMasterAllTheSame() {
        assertThat(Node.backupOf(M1)
                        .happens(new Event.Prepared(false))
                        .passes(MASTER_DOWN)
                        .state())
                .isEqualTo(State.MASTER);
    }

    @Test
    void preemptionWaitsForItsDelayAfterTheStart() {
        Node node = Node.started(s -> new Settings(
                s.node(), s.address(), 3, s.priority(), s.intervalNanos(), true, 5_000 * MS, 0, s.peers()));
        for (int i = 0; i < 50; i++) {
            assertThat(node.hears(M3).passes(100 * MS).state()).isEqualTo(State.BACKUP);
        }
        for (int i = 0; i < 4; i++) {
            node.hears(M3).passes(100 * MS);
        }
        assertThat(node.state()).isEqualTo(State.MASTER);
    }

    @Test
    void masterOfLowerPriorityStepsDownWhenItHearsAHigherOne() {
        Node node = Node.master().hears(M1);

        assertThat(node.actions())
                .containsExactly(
                        new Advertise(100),
                        new Releasing(),
                        new Became(State.MASTER, State.BACKUP, "m1 advertises priority 110 against 100"));
        assertThat(node.router().holderName()).contains("m1");
        assertThat(node.forget().passes(19 * MS).hears(M1).actions()).isEmpty();
        assertThat(node.passes(MS).actions()).containsExactly(new RemoveAddresses());
    }

    @Test
    void nodeThatPreemptsHasTheAddressesInPlaceBeforeItSaysSo() {
        Node node = Node.backupOf(M3);
        for (int i = 0; i < 20 && node.state() == State.BACKUP; i++) {
            node.hears(M3).passes(100 * MS);
        }

        assertThat(node.actions())
                .containsSubsequence(
                        new TrySending(), new Taking(true), new AddAddresses(), new Announce(5), new Advertise(100));
    }

    @Test
    void newHolderSpeaksAgainstTheKernelOfADeadAgentUntilThatOnesLeaseIsOver() {
        Node node = Node.backupOf(M1).happens(new Event.PeerLost(M1)).forget();

        assertThat(node.passes(4_000 * MS).actions())
                .filteredOn(a -> a.equals(new Announce(1)))
                .hasSize(13);
        assertThat(node.forget().passes(500 * MS).actions()).noneMatch(a -> a instanceof Announce);
    }

    @Test
    void masterAnswersALowerOneAtOnceAndAnnouncesNowAndOnceMore() {
        Node node = Node.master().passes(50 * MS).forget().hears(M3);

        assertThat(node.actions()).containsExactly(new Advertise(100), new Announce(5));
        assertThat(node.forget().passes(110 * MS).actions()).containsOnlyOnce(new Announce(5));
    }

    @Test
    void onlyAWeakerAdvertIsAnsweredByAMasterBeforeItsAgentHasConfirmedIt() {
        Router master = Node.master().router();

        assertThat(master.isHarmless(Node.advert(M3, 90))).isTrue();
        assertThat(master.isHarmless(Node.advert(M3, 100))).isFalse();
        assertThat(master.isHarmless(Node.advert(M3, 254))).isFalse();
        assertThat(master.isHarmless(Node.advert(M3, 0))).isFalse();
        assertThat(master.isHarmless(new Event.TakeoverOrdered(M3))).isFalse();
        assertThat(Node.backupOf(M1).router().isHarmless(Node.advert(M1, 90))).isFalse();
    }

    @Test
    void masterThatHasJustAnnouncedItselfAnnouncesOnceMoreWhenARivalHasLeft() {
        Node node = Node.backupOf(M1).happens(new Event.PeerLost(M1)).passes(6_000 * MS);
        node.happens(new Event.AddressLost()).forget().hears(M3).forget();

        assertThat(node.passes(110 * MS).actions()).containsOnlyOnce(new Announce(5));
    }

    @Test
    void masterAnswersARivalThatInsistsNoFasterThanSixteenTimesAnInterval() {
        Node node = Node.master().passes(50 * MS).forget();
        for (int i = 0; i < 1000; i++) {
            node.hears(M3);
        }
        assertThat(node.actions()).containsExactly(new Advertise(100), new Announce(5));
    }

    @Test
    void atEqualPriorityTheGreaterAddressWins() {
        assertThat(Node.master().hears(M3, 100).state()).isEqualTo(State.BACKUP);
        assertThat(Node.master().hears(M1, 100).state()).isEqualTo(State.MASTER);
    }

    @Test
    void nextInLineTakesOverAtOnceWhenTheMasterLeaves() {
        assertThat(Node.backupOf(M1).hears(M1, 0).state()).isEqualTo(State.MASTER);
    }

    @Test
    void othersWaitTheSkewTimeWhenTheMasterLeaves() {
        Node node = Node.backupOf(M3, s -> preempting(s, false)).hears(M3, 0);

        assertThat(node.state()).isEqualTo(State.BACKUP);
        assertThat(node.passes(68 * MS).state()).isEqualTo(State.MASTER);
    }

    @Test
    void farewellOfSomebodyWhoIsNotTheMasterStartsNothing() {
        assertThat(Node.backupOf(M1).hears(M3, 0).passes(90 * MS).hears(M1).state())
                .isEqualTo(State.BACKUP);
    }

    @Test
    void deadAgentOfTheMasterIsFollowedAtOnceAndThatOfAnotherIsNot() {
        assertThat(Node.backupOf(M1).happens(new Event.PeerLost(M1)).state()).isEqualTo(State.MASTER);
        assertThat(Node.backupOf(M1).happens(new Event.PeerLost(M3)).state()).isEqualTo(State.BACKUP);
    }

    @Test
    void stoppingMasterTakesItsAddressesOffAndSaysFarewell() {
        Node node = Node.master().happens(new Event.Stopped("bye"));

        assertThat(node.actions())
                .containsExactly(
                        new RemoveAddresses(), new Advertise(0), new Became(State.MASTER, State.INITIALIZE, "bye"));
    }

    @Test
    void interfaceThatGoesDownIsAFaultAndNothingIsSentOverIt() {
        Node node = Node.master().happens(new Event.NetworkChanged(Optional.of("eth0 has no carrier")));

        assertThat(node.actions())
                .containsExactly(new RemoveAddresses(), new Became(State.MASTER, State.FAULT, "eth0 has no carrier"));
        assertThat(node.happens(new Event.NetworkChanged(Optional.empty())).state())
                .isEqualTo(State.BACKUP);
    }

    @Test
    void failingCheckWithoutWeightIsAFaultWithItsReason() {
        Node node = Node.master().happens(new Event.Tracked(0, Optional.of("apiserver is down")));

        assertThat(node.actions())
                .containsExactly(
                        new RemoveAddresses(),
                        new Advertise(0),
                        new Became(State.MASTER, State.FAULT, "apiserver is down"));
    }

    @Test
    void weightsChangeThePriorityWithinItsBounds() {
        Node node = Node.master();

        assertThat(node.happens(new Event.Tracked(-30, Optional.empty()))
                        .router()
                        .effectivePriority())
                .isEqualTo(70);
        assertThat(node.happens(new Event.Tracked(-300, Optional.empty()))
                        .router()
                        .effectivePriority())
                .isEqualTo(1);
        assertThat(node.happens(new Event.Tracked(300, Optional.empty()))
                        .router()
                        .effectivePriority())
                .isEqualTo(254);
    }

    @Test
    void leftoverAddressesAreKeptUntilAMasterIsHeard() {
        Node node = Node.started(UnaryOperator.identity());
        Node restarted =
                Node.master().happens(new Event.Stopped("crash")).happens(new Event.Started(Optional.empty(), true));

        assertThat(restarted.forget().hears(M1).actions()).containsExactly(new RemoveAddresses());
        assertThat(node.forget().hears(M1).actions()).isEmpty();
    }

    @Test
    void leftoverAddressesAreTakenOffAlsoWhenNothingElseHappened() {
        Node node =
                Node.master().happens(new Event.Stopped("crash")).happens(new Event.Started(Optional.empty(), true));

        assertThat(node.forget().happens(new Event.Stopped("bye")).actions()).contains(new RemoveAddresses());
    }

    @Test
    void holderThatLosesItsOwnAddressIsInFaultAndSilent() {
        Node node = Node.master().happens(new Event.NetworkChanged(Optional.of("eth0 does not have 10.86.13.31")));

        assertThat(node.actions())
                .containsExactly(
                        new RemoveAddresses(), new Became(State.MASTER, State.FAULT, "eth0 does not have 10.86.13.31"));
        assertThat(node.forget().passes(10_000 * MS).hears(M3).actions()).isEmpty();
        node.happens(new Event.NetworkChanged(Optional.empty())).passes(1_000 * MS);
        assertThat(node.state()).isEqualTo(State.MASTER);
    }

    @Test
    void nodeThatStartsWithoutItsAddressWaitsInFaultAndTellsEachReasonOnce() {
        Node node = Node.master().happens(new Event.Stopped("test")).forget();
        node.happens(new Event.Started(Optional.of("there is no interface eth0"), false));
        node.happens(new Event.NetworkChanged(Optional.of("there is no interface eth0")));
        node.happens(new Event.NetworkChanged(Optional.of("eth0 has no carrier")));
        node.happens(new Event.NetworkChanged(Optional.of("eth0 has no carrier")));

        assertThat(node.actions())
                .containsExactly(
                        new Became(State.INITIALIZE, State.FAULT, "there is no interface eth0"),
                        new Remained(State.FAULT, "eth0 has no carrier"));
        node.happens(new Event.NetworkChanged(Optional.empty()));
        assertThat(node.state()).isEqualTo(State.BACKUP);
    }

    @Test
    void holderWhoseAdvertsCannotBeSentIsInFaultAndTriesOnceASecondUntilTheyCan() {
        Node node = Node.master().happens(new Event.SendingFailed("adverts cannot be sent: EPERM"));

        assertThat(node.state()).isEqualTo(State.FAULT);
        assertThat(node.actions()).noneMatch(a -> a instanceof Advertise);
        assertThat(node.forget().passes(3_500 * MS).actions())
                .containsExactly(new TrySending(), new TrySending(), new TrySending());
        node.happens(new Event.SendingFailed("adverts cannot be sent: EPERM"));
        assertThat(node.state()).isEqualTo(State.FAULT);
        node.happens(new Event.SendingWorks());
        assertThat(node.state()).isEqualTo(State.BACKUP);
    }

    @Test
    void rivalThatDoesNotLeaveIsAnsweredWithFewAnnouncements() {
        Node node = Node.master();
        for (int i = 0; i < 100; i++) {
            node.hears(M3).passes(100 * MS);
        }

        assertThat(node.actions().stream()
                        .filter(a -> a instanceof Announce)
                        .mapToInt(a -> ((Announce) a).times())
                        .sum())
                .isBetween(20, 2 * 5 + 4 * 10);
    }

    @Test
    void addressThatSomebodyRemovedIsPutBackAndAnnounced() {
        assertThat(Node.master().happens(new Event.AddressLost()).actions())
                .containsExactly(new AddAddresses(), new Announce(5));
    }

    @Test
    void addressThatSomebodyRemovesAgainAndAgainIsPutBackWithoutAStormOfAnnouncements() {
        Node node = Node.master();
        for (int i = 0; i < 1_000; i++) {
            node.happens(new Event.AddressLost()).passes(10 * MS);
        }

        assertThat(node.actions()).filteredOn(a -> a instanceof AddAddresses).hasSize(1_000);
        assertThat(node.actions()).filteredOn(a -> a instanceof Announce).hasSizeLessThan(60);
    }

    @Test
    void masterThatWasAsleepForTooLongDemotesItselfBeforeAnythingElse() {
        Node node =
                Node.master().happens(new Event.Tick()).isAsleepFor(400 * MS).happens(new Event.Tick());

        assertThat(node.actions())
                .containsExactly(
                        new Stalled(400 * MS),
                        new RemoveAddresses(),
                        new Became(
                                State.MASTER,
                                State.BACKUP,
                                "this node was asleep for 400 ms and another may have taken over"));
    }

    @Test
    void masterMayBeSilentForThreeIntervalsAndNoLonger() {
        Node node = Node.master().passes(50 * MS).hears(M3).isAsleepFor(300 * MS);

        assertThat(node.happens(new Event.Tick()).state()).isEqualTo(State.MASTER);
        assertThat(node.isAsleepFor(300 * MS + 1).happens(new Event.Tick()).state())
                .isEqualTo(State.BACKUP);
    }

    @Test
    void masterThatWasAsleepForAMomentGoesOn() {
        Node node = Node.master().isAsleepFor(250 * MS).happens(new Event.Tick());

        assertThat(node.state()).isEqualTo(State.MASTER);
        assertThat(node.actions()).contains(new Advertise(100));
    }

    /** Its tick is due an eighth of an interval after the advert. */
    @Test
    void backupWhoseTickIsLateByLessThanHalfAnIntervalWasNotAsleep() {
        assertThat(Node.backupOf(M1)
                        .isAsleepFor(162_500_000)
                        .happens(new Event.Tick())
                        .actions())
                .isEmpty();
        assertThat(Node.backupOf(M1)
                        .isAsleepFor(163 * MS)
                        .happens(new Event.Tick())
                        .actions())
                .containsExactly(new Stalled(163 * MS));
    }

    @Test
    void backupThatWasAsleepWaitsAWhileBeforeItCallsTheMasterDead() {
        Node node = Node.backupOf(M1).isAsleepFor(5_000 * MS).happens(new Event.Tick());

        assertThat(node.actions()).containsExactly(new Stalled(5_000 * MS));
        assertThat(node.passes(100 * MS).hears(M1).passes(300 * MS).state()).isEqualTo(State.BACKUP);
    }

    @Test
    void backupThatIsAlwaysLateTakesOverAllTheSame() {
        Node node = Node.backupOf(M1);
        for (int i = 0; i < 4; i++) {
            node.isAsleepFor(200 * MS).happens(new Event.Tick());
        }
        assertThat(node.state()).isEqualTo(State.MASTER);
    }

    @Test
    void reloadKeepsTheAddressesWhereTheyAre() {
        Node node = Node.master()
                .happens(new Event.Reconfigured(new Settings(
                        "m2", Node.SETTINGS.address(), 3, 120, 50 * MS, true, 0, 0, Node.SETTINGS.peers())));

        assertThat(node.actions()).containsExactly(new Advertise(120));
        assertThat(node.forget().passes(50 * MS).actions()).contains(new Advertise(120));
    }

    @Test
    void reloadDoesNotPutOffTheTakeoverFromASilentMaster() {
        Node node = Node.backupOf(M1).passes(200 * MS).happens(new Event.Reconfigured(Node.SETTINGS));

        assertThat(node.passes(MASTER_DOWN - 201 * MS).state()).isEqualTo(State.BACKUP);
        assertThat(node.passes(MS).state()).isEqualTo(State.MASTER);
    }

    @Test
    void reloadWithAShorterIntervalShortensTheWaitOfANodeThatHeardNobody() {
        Node node = Node.started(
                        s -> new Settings(s.node(), s.address(), 3, s.priority(), 1_000 * MS, true, 0, 0, s.peers()))
                .happens(new Event.Reconfigured(Node.SETTINGS));

        assertThat(node.passes(MASTER_DOWN).state()).isEqualTo(State.BACKUP);
        assertThat(node.passes(7 * MS).state()).isEqualTo(State.MASTER);
    }

    @Test
    void nodeInFaultKnowsWhoHoldsTheAddresses() {
        Node node = Node.backupOf(M3).happens(new Event.Tracked(0, Optional.of("disk is full")));
        node.hears(M1);

        assertThat(node.router().holderName()).contains("m1");
        assertThat(node.happens(new Event.PeerLost(M3)).router().holderName()).contains("m1");
        assertThat(node.happens(new Event.PeerLost(M1)).router().holderName()).isEmpty();
        assertThat(node.hears(M1).passes(400 * MS).router().holderName())
                .as("after a silence")
                .isEmpty();
    }

    @Test
    void holderThatLeavesOrStopsIsNoneAnyMore() {
        Node left = Node.backupOf(M3, s -> preempting(s, false)).hears(M3, 0);
        Node stopped = Node.backupOf(M1).happens(new Event.Stopped("bye"));
        Node succeeded = Node.backupOf(M1)
                .happens(new Event.TakeoverOrdered(M1))
                .happens(new Event.NetworkChanged(Optional.of("eth0 has no carrier")));

        assertThat(left.router().holderName()).isEmpty();
        assertThat(stopped.router().holderName()).isEmpty();
        assertThat(succeeded.router().holderName()).isEmpty();
    }

    @Test
    void farewellIsFollowedAlsoByANodeThatHadHeardNobody() {
        assertThat(Node.started(UnaryOperator.identity()).hears(M1, 0).state()).isEqualTo(State.MASTER);
    }

    @Test
    void masterThatSeeksASuccessorIsTheHolderUntilThen() {
        Node node = Node.started(UnaryOperator.identity()).hears(M3, 1);

        assertThat(node.router().holderName()).contains("m3");
        assertThat(Node.backupOf(M3).hears(M3, 1).router().holder.orElseThrow().priority())
                .isEqualTo(1);
    }

    @Test
    void backupFollowsAMasterOfEqualPriority() {
        Node node = Node.backupOf(M3).passes(2_000 * MS).happens(new Event.Stopped("a"));
        node.happens(new Event.Started(Optional.empty(), false));
        for (int i = 0; i < 30; i++) {
            node.hears(M3, 100).passes(100 * MS);
        }

        assertThat(node.state()).isEqualTo(State.BACKUP);
    }

    /** It lives after all, so it is told of the takeover before the addresses are there twice. */
    @Test
    void masterThatIsHeardAfterItsAgentEndedIsPreempted() {
        Node node = Node.backupOf(M3).happens(new Event.PeerLost(M3)).passes(50 * MS);

        node.hears(M3).passes(20 * MS);
        assertThat(node.actions())
                .contains(new Became(State.BACKUP, State.MASTER, "preempts m3 (priority 90 against 100)"));
    }

    @Test
    void masterAnnouncesItselfWhenItsEthernetAddressChanged() {
        assertThat(Node.master().happens(new Event.EthernetAddressChanged()).actions())
                .containsExactly(new Announce(5));
    }

    @Test
    void leftoverAddressesAreTakenOffBySuspension() {
        Node node =
                Node.master().happens(new Event.Stopped("crash")).happens(new Event.Started(Optional.empty(), true));

        assertThat(node.forget().happens(new Event.Suspend("disk")).actions()).containsExactly(new RemoveAddresses());
    }

    @Test
    void addressesThatAreAboutToBeTakenOffStayForTheirTimeAlsoThroughASuspension() {
        Node node = Node.master().hears(M1).forget().happens(new Event.Suspend("disk"));

        assertThat(node.actions()).isEmpty();
        assertThat(node.passes(20 * MS).actions()).containsExactly(new RemoveAddresses());
    }

    @Test
    void otherNetworkMayBeOneOnWhichAdvertsCanBeSent() {
        Node same = Node.master().happens(new Event.SendingFailed("EPERM"));
        Node other = Node.master().happens(new Event.SendingFailed("EPERM"));
        same.happens(new Event.NetworkChanged(Optional.empty()));
        other.happens(new Event.NetworkChanged(Optional.of("eth0 has no carrier")))
                .happens(new Event.NetworkChanged(Optional.empty()));

        assertThat(same.state()).isEqualTo(State.FAULT);
        assertThat(other.state()).isEqualTo(State.BACKUP);
    }

    @Test
    void peersAreTheSameByAllThatTheFileSaysOfThem() {
        assertThat(new Peer("m1", M1.address(), 110)).isEqualTo(M1).hasSameHashCodeAs(M1);
        assertThat(new Peer("m4", M1.address(), 110)).isNotEqualTo(M1);
        assertThat(new Peer("m1", M3.address(), 110)).isNotEqualTo(M1);
        assertThat(new Peer("m1", M1.address(), 90)).isNotEqualTo(M1);
    }

    static Settings preempting(Settings s, boolean preempt) {
        return new Settings(
                s.node(),
                s.address(),
                s.version(),
                s.priority(),
                s.intervalNanos(),
                preempt,
                s.preemptDelayNanos(),
                s.announceIntervalNanos(),
                s.peers());
    }
}
