package io.jenkins.plugins.baton.agent.vrrp;

import static io.jenkins.plugins.baton.agent.vrrp.Node.M1;
import static io.jenkins.plugins.baton.agent.vrrp.Node.M3;
import static io.jenkins.plugins.baton.agent.vrrp.Node.MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.vrrp.Action.AddAddresses;
import io.jenkins.plugins.baton.agent.vrrp.Action.Advertise;
import io.jenkins.plugins.baton.agent.vrrp.Action.Announce;
import io.jenkins.plugins.baton.agent.vrrp.Action.Became;
import io.jenkins.plugins.baton.agent.vrrp.Action.HandoverRefused;
import io.jenkins.plugins.baton.agent.vrrp.Action.Releasing;
import io.jenkins.plugins.baton.agent.vrrp.Action.RemoveAddresses;
import io.jenkins.plugins.baton.agent.vrrp.Action.TakeoverRequest;
import io.jenkins.plugins.baton.agent.vrrp.Action.Taking;
import io.jenkins.plugins.baton.agent.vrrp.Action.TrySending;
import io.jenkins.plugins.baton.jmx.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A MASTER that wants to be none, and whom it asks. */
class LeavingTest {

    @Test
    void masterThatLeavesServesUntilItHearsItsSuccessorAndALittleLonger() {
        Node node = Node.master().happens(new Event.Leave("bye"));

        assertThat(node.actions()).containsExactly(new Advertise(1), new TakeoverRequest());
        assertThat(node.forget().passes(40 * MS).hears(M3).actions())
                .containsExactly(new Releasing(), new Became(State.MASTER, State.INITIALIZE, "bye"));
        assertThat(node.router().isOver()).isFalse();
        assertThat(node.router().holderName()).isEmpty();
        assertThat(node.forget().passes(20 * MS).actions()).containsExactly(new RemoveAddresses());
        assertThat(node.router().isOver()).isTrue();
    }

    @Test
    void masterThatNobodyFollowsRepeatsItsRequestAndThenSaysFarewell() {
        Node node = Node.master().happens(new Event.Leave("bye")).passes(400 * MS);

        assertThat(node.actions()).filteredOn(a -> a instanceof TakeoverRequest).hasSizeGreaterThan(5);
        assertThat(node.actions())
                .endsWith(new RemoveAddresses(), new Advertise(0), new Became(State.MASTER, State.INITIALIZE, "bye"));
        assertThat(node.router().isOver()).isTrue();
    }

    @Test
    void loneNodeLeavesAtOnce() {
        Settings s = Node.SETTINGS;
        Node node = Node.master(
                x -> new Settings(s.node(), s.address(), 3, 100, s.intervalNanos(), true, 0, 60_000 * MS, List.of()));

        assertThat(node.happens(new Event.Leave("bye")).actions())
                .containsExactly(
                        new RemoveAddresses(), new Advertise(0), new Became(State.MASTER, State.INITIALIZE, "bye"));
    }

    @Test
    void nodeThatHasJustSteppedDownLeavesWhenItsAddressesAreOff() {
        Node node = Node.master().hears(M1).forget().happens(new Event.Leave("bye"));

        assertThat(node.actions()).containsExactly(new Became(State.BACKUP, State.INITIALIZE, "bye"));
        assertThat(node.router().holderName()).isEmpty();
        assertThat(node.router().isOver()).isFalse();
        assertThat(node.forget().passes(20 * MS).actions()).containsExactly(new RemoveAddresses());
        assertThat(node.router().isOver()).isTrue();
    }

    @Test
    void farewellOfAnotherIsNoSuccessor() {
        assertThat(Node.master().happens(new Event.Leave("bye")).hears(M3, 0).state())
                .isEqualTo(State.MASTER);
    }

    @Test
    void backupLeavesAtOnceAndSilently() {
        assertThat(Node.backupOf(M1).happens(new Event.Leave("bye")).actions())
                .containsExactly(new Became(State.BACKUP, State.INITIALIZE, "bye"));
    }

    @Test
    void faultWhileItLooksForASuccessorEndsTheSearch() {
        Node node = Node.master()
                .happens(new Event.Leave("bye"))
                .happens(new Event.NetworkChanged(Optional.of("eth0 has no carrier")));

        assertThat(node.router().isOver()).isTrue();
        assertThat(node.actions()).contains(new RemoveAddresses());
    }

    @Test
    void masterThatWasAsleepWhileItLeftIsOver() {
        Node node = Node.master()
                .happens(new Event.Leave("bye"))
                .forget()
                .isAsleepFor(400 * MS)
                .happens(new Event.Tick());

        assertThat(node.router().isOver()).isTrue();
        assertThat(node.actions()).noneMatch(a -> a instanceof Advertise);
    }

    @Test
    void masterThatLeavesTakesNoOrderToHandOver() {
        Node node = Node.master().happens(new Event.Leave("bye")).forget().happens(new Event.HandOverTo(M3, "x"));

        assertThat(node.actions())
                .containsExactly(
                        new HandoverRefused("m2 is leaving already and gives the addresses to whoever is next"));
    }

    @Test
    void nextInLineTakesOverAtOnceAndHasTheAddressesBeforeItSaysSo() {
        Node node = Node.backupOf(M1).happens(new Event.TakeoverRequested(M1));

        assertThat(node.actions())
                .containsExactly(
                        new TrySending(),
                        new Became(State.BACKUP, State.MASTER, "m1 handed over"),
                        new Taking(true),
                        new AddAddresses(),
                        new Announce(5),
                        new Advertise(100));
    }

    @Test
    void othersGiveABetterOneItsTurnFirst() {
        Node node = Node.backupOf(M3).hears(M3, 1).happens(new Event.TakeoverRequested(M3));

        assertThat(node.passes(59 * MS).state()).isEqualTo(State.BACKUP);
        assertThat(node.hears(M3, 1).passes(MS).state()).isEqualTo(State.MASTER);
    }

    @Test
    void advertsOfTheOneThatAskedDoNotPutOffItsSuccessor() {
        Node node = Node.backupOf(M3, s -> StateMachineTest.preempting(s, false))
                .hears(M3, 1)
                .happens(new Event.TakeoverRequested(M3));

        assertThat(node.passes(50 * MS).hears(M3, 1).passes(10 * MS).state()).isEqualTo(State.MASTER);
    }

    /** What was asked holds for the one that asked, whatever it advertises; another one is preempted. */
    @Test
    void requestIsForgottenWhenAnotherMasterIsHeard() {
        Node asked = Node.backupOf(M3).hears(M3, 1).happens(new Event.TakeoverRequested(M3));
        Node other = Node.backupOf(M3).hears(M3, 1).happens(new Event.TakeoverRequested(M3));
        asked.hears(M3).passes(60 * MS);
        other.hears(new Peer("m4", Node.address(33), 80)).passes(60 * MS);

        assertThat(asked.actions()).contains(new Became(State.BACKUP, State.MASTER, "m3 handed over"));
        assertThat(other.actions())
                .contains(new Became(State.BACKUP, State.MASTER, "preempts m4 (priority 80 against 100)"));
    }

    @Test
    void whoWaitsForItsTurnStaysWhenAnotherWasQuicker() {
        Node node = Node.backupOf(M3)
                .hears(M3, 1)
                .happens(new Event.TakeoverRequested(M3))
                .hears(M1);

        assertThat(node.passes(300 * MS).state()).isEqualTo(State.BACKUP);
        assertThat(node.router().holderName()).contains("m1");
    }

    @Test
    void lateWordsOfTheFormerHolderChangeNothing() {
        Node successor = Node.backupOf(M1).happens(new Event.TakeoverRequested(M1));
        Node inactive = Node.backupOf(M3).hears(M1).hears(M3, 1);

        assertThat(successor.hears(M1).state()).isEqualTo(State.MASTER);
        assertThat(successor.passes(100 * MS).hears(M1).state()).isEqualTo(State.BACKUP);
        assertThat(inactive.router().holderName()).contains("m1");
    }

    @Test
    void nodeThatCannotServeOrIsSuspendedOrHearsAStrangeHolderDoesNotFollowTheRequest() {
        Node unprepared = Node.backupOf(M1).happens(new Event.Prepared(false)).happens(new Event.TakeoverRequested(M1));
        Node suspended = Node.backupOf(M1).happens(new Event.Suspend("disk")).happens(new Event.TakeoverRequested(M1));
        Node faulty = Node.backupOf(M1)
                .happens(new Event.Tracked(0, Optional.of("x")))
                .happens(new Event.TakeoverRequested(M1));

        assertThat(List.of(unprepared, suspended, faulty))
                .noneMatch(n -> n.passes(100 * MS).state() == State.MASTER);
        assertThat(Node.backupOf(M1).happens(new Event.TakeoverRequested(M3)).state())
                .isEqualTo(State.BACKUP);
    }

    @Test
    void nodeThatCannotServeTakesOverAllTheSameWhenTheHolderIsGone() {
        Node node = Node.backupOf(M1)
                .happens(new Event.Prepared(false))
                .happens(new Event.TakeoverRequested(M1))
                .hears(M1, 0);

        assertThat(node.state()).isEqualTo(State.MASTER);
    }
}
