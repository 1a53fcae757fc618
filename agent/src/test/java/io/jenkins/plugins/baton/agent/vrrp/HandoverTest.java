package io.jenkins.plugins.baton.agent.vrrp;

import static io.jenkins.plugins.baton.agent.vrrp.Node.M1;
import static io.jenkins.plugins.baton.agent.vrrp.Node.M3;
import static io.jenkins.plugins.baton.agent.vrrp.Node.MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.vrrp.Action.Advertise;
import io.jenkins.plugins.baton.agent.vrrp.Action.Became;
import io.jenkins.plugins.baton.agent.vrrp.Action.HandoverEnded;
import io.jenkins.plugins.baton.agent.vrrp.Action.HandoverRefused;
import io.jenkins.plugins.baton.agent.vrrp.Action.Releasing;
import io.jenkins.plugins.baton.agent.vrrp.Action.RemoveAddresses;
import io.jenkins.plugins.baton.agent.vrrp.Action.TakeoverOrder;
import io.jenkins.plugins.baton.agent.vrrp.Action.TakeoverRequest;
import io.jenkins.plugins.baton.jmx.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandoverTest {

    @Test
    void formerOwnerStaysAsideWhileTheNewOneLives() {
        Node node = handedOverToM3();
        for (int i = 0; i < 100; i++) {
            node.hears(M3).passes(100 * MS);
        }
        assertThat(node.state()).isEqualTo(State.BACKUP);
    }

    @Test
    void formerHolderTakesBackWhenTheNewOneFallsSilent() {
        assertThat(handedOverToM3().passes(400 * MS).state()).isEqualTo(State.MASTER);
    }

    @Test
    void formerOwnerPreemptsAgainWhenTheNewOneGetsWeaker() {
        Node node = handedOverToM3();
        for (int i = 0; i < 5; i++) {
            node.hears(M3, 60).passes(100 * MS);
        }
        assertThat(node.state()).isEqualTo(State.MASTER);
    }

    @Test
    void formerOwnerPreemptsAgainWhenItIsToldTo() {
        Node node = handedOverToM3().happens(new Event.Resume("done"));
        for (int i = 0; i < 5; i++) {
            node.hears(M3).passes(100 * MS);
        }
        assertThat(node.state()).isEqualTo(State.MASTER);
    }

    private static Optional<String> order(Node node) {
        return OperatorOverride.of(node.router()).map(order -> order.sentence("T"));
    }

    @Test
    void formerOwnerSaysByWhoseOrderItStaysAside() {
        assertThat(order(handedOverToM3().hears(M3))).contains("m3 holds by order since T; `resume` gives it back");
        assertThat(order(handedOverToM3().happens(new Event.Resume("done")).hears(M3)))
                .isEmpty();
        assertThat(order(handedOverToM3().hears(M3, 100)))
                .as("it would stay aside anyway")
                .isEmpty();
    }

    @Test
    void nodeThatWasAwayKnowsByItsPriorityThatTheHolderWasNamed() {
        Node node = Node.backupOf(M3)
                .happens(new Event.Tracked(0, Optional.of("disk is full")))
                .hears(M3, 254)
                .happens(new Event.Tracked(0, Optional.empty()))
                .hears(M3, 254);
        assertThat(order(node)).contains("m3 holds by order since T; `handover --to m2` on m3 moves them here");
        assertThat(order(Node.backupOf(M1))).as("a better node holds").isEmpty();
        Peer highest = new Peer("m3", M3.address(), 254);
        assertThat(order(Node.backupOf(M3).hears(highest, 254)))
                .as("it is the holder's own priority")
                .isEmpty();
        Peer equal = new Peer("m4", Node.address(33), 100);
        assertThat(order(Node.backupOf(equal).hears(equal, 254)))
                .as("an equal node holds")
                .isEmpty();
    }

    @Test
    void suspendedNodeSaysSoWhateverElseHappenedToIt() {
        Node node = Node.backupOf(M1).happens(new Event.Suspend("maintenance"));
        assertThat(order(node)).contains("suspended by order since T, m1 holds; `resume` ends it");
        assertThat(order(node.happens(new Event.Resume("done")))).isEmpty();
    }

    @Test
    void handoverThatNobodyTakesComesBackAndSaysSo() {
        Node node = Node.master().happens(new Event.HandOver("maintenance")).passes(400 * MS);

        assertThat(node.actions())
                .endsWith(
                        new RemoveAddresses(),
                        new Advertise(0),
                        new Became(State.MASTER, State.BACKUP, "handed over: maintenance"));
        assertThat(node.passes(1_000 * MS).state()).isEqualTo(State.MASTER);
        assertThat(node.actions()).contains(new HandoverEnded(false, "no node took over; m2 is MASTER again"));
    }

    @Test
    void handoverToANamedNodeKeepsTheAddressesUntilThatOneIsHeard() {
        Node node = Node.master().happens(new Event.HandOverTo(M3, "maintenance"));

        assertThat(node.actions()).containsExactly(new Advertise(100), new TakeoverOrder(M3));
        assertThat(node.forget().hears(M3, 254).actions())
                .containsExactly(
                        new Releasing(),
                        new Became(State.MASTER, State.BACKUP, "m3 advertises priority 254 against 100"),
                        new HandoverEnded(true, "m3 took over"));
        assertThat(node.forget().passes(20 * MS).actions()).containsExactly(new RemoveAddresses());
    }

    @Test
    void handoverToANodeThatDoesNotAnswerIsRepeatedAndThenGivenUp() {
        Node node =
                Node.master().happens(new Event.HandOverTo(M3, "maintenance")).passes(1_100 * MS);

        assertThat(node.state()).isEqualTo(State.MASTER);
        assertThat(node.actions())
                .filteredOn(a -> a.equals(new TakeoverOrder(M3)))
                .hasSizeGreaterThan(5);
        assertThat(node.actions()).last().isNotInstanceOf(TakeoverOrder.class);
        assertThat(node.actions())
                .filteredOn(a -> a instanceof HandoverEnded)
                .singleElement()
                .isEqualTo(new HandoverEnded(
                        false,
                        "m3 did not take over within 1 s; it may be down, in FAULT, suspended, or run other software"));
    }

    @Test
    void orderedNodeAdvertisesTheHighestPrioritySoThatNobodyTakesTheAddressesBack() {
        Node node = Node.backupOf(M1).happens(new Event.TakeoverOrdered(M1));

        assertThat(node.state()).isEqualTo(State.MASTER);
        assertThat(node.router().effectivePriority()).isEqualTo(254);
        assertThat(node.forget().passes(50 * MS).hears(M1).state()).isEqualTo(State.MASTER);
    }

    @Test
    void nodeThatWasHandedTheAddressesLeavesTheHighestPriorityToTheNextOne() {
        Node node = Node.backupOf(M1).happens(new Event.TakeoverOrdered(M1)).forget();
        node.happens(new Event.HandOverTo(M1, "back"));

        assertThat(node.actions()).containsExactly(new Advertise(253), new TakeoverOrder(M1));
        assertThat(node.forget().hears(M1, 254).state()).isEqualTo(State.BACKUP);
        assertThat(node.actions()).contains(new HandoverEnded(true, "m1 took over"));
    }

    @Test
    void orderedNodeIsOrdinaryAgainWhenItsOwnChecksGetWorse() {
        Node node = Node.backupOf(M1)
                .happens(new Event.TakeoverOrdered(M1))
                .happens(new Event.Tracked(0, Optional.empty()));
        assertThat(node.router().effectivePriority()).isEqualTo(254);
        node.happens(new Event.Tracked(-30, Optional.empty()));

        assertThat(node.router().effectivePriority()).isEqualTo(70);
    }

    @Test
    void onlyTheHolderCanOrder() {
        assertThat(Node.backupOf(M1).happens(new Event.TakeoverOrdered(M3)).state())
                .isEqualTo(State.BACKUP);
    }

    @Test
    void suspendedNodeTakesNoOrderAndNoOffice() {
        Node node = Node.backupOf(M1).happens(new Event.Suspend("disk")).happens(new Event.TakeoverOrdered(M1));

        assertThat(node.passes(10_000 * MS).state()).isEqualTo(State.BACKUP);
        assertThat(node.router().holderName()).isEmpty();
        assertThat(node.happens(new Event.Resume("done")).passes(360 * MS).state())
                .isEqualTo(State.BACKUP);
        assertThat(node.passes(40 * MS).state()).isEqualTo(State.MASTER);
    }

    @Test
    void resumeThatIsRepeatedDoesNotPutOffTheTakeoverFromASilentMaster() {
        Node node = Node.backupOf(Node.M1);
        for (int times = 0; times < 4; times++) {
            node.passes(100 * MS).happens(new Event.Resume("again"));
        }

        assertThat(node.state()).isEqualTo(State.MASTER);
    }

    @Test
    void suspendedMasterKeepsTheAddressesUntilAnotherHasThem() {
        Node node = Node.master().happens(new Event.Suspend("disk"));

        assertThat(node.actions()).containsExactly(new Advertise(1), new TakeoverRequest());
        assertThat(node.forget().hears(M3).actions())
                .containsExactly(new Releasing(), new Became(State.MASTER, State.BACKUP, "suspended: disk"));
        assertThat(node.passes(10_000 * MS).state()).isEqualTo(State.BACKUP);
    }

    @Test
    void suspensionThatIsTakenBackInTimeChangesNothing() {
        Node node = Node.master().happens(new Event.Suspend("disk")).happens(new Event.Resume("not now"));

        assertThat(node.passes(10_000 * MS).state()).isEqualTo(State.MASTER);
        assertThat(node.router().effectivePriority()).isEqualTo(100);
        assertThat(node.actions()).doesNotContain(new RemoveAddresses());
    }

    @Test
    void suspensionThatIsTakenBackIsToldAtOnce() {
        Node node = Node.master().happens(new Event.Suspend("disk")).forget();

        assertThat(node.happens(new Event.Resume("not now")).actions()).containsExactly(new Advertise(100));
    }

    @Test
    void resumeDoesNotEndAHandover() {
        Node node = Node.master().happens(new Event.HandOver("a")).happens(new Event.Resume("b"));

        assertThat(node.router().effectivePriority()).isEqualTo(1);
    }

    @Test
    void handoverThatNobodyTakesComesBackTwoIntervalsAfterAnyBackupWouldHaveTakenOver() {
        Node node = Node.master().happens(new Event.HandOver("a")).passes(400 * MS);
        long waits = Node.MASTER_DOWN + 100 * MS / 16 + 2 * 100 * MS;

        assertThat(node.passes(waits - MS).state()).isEqualTo(State.BACKUP);
        assertThat(node.passes(MS).state()).isEqualTo(State.MASTER);
    }

    @Test
    void nodeInFaultSaysThatItHasNothingToHandOver() {
        Node node = Node.backupOf(M1).happens(new Event.Tracked(0, Optional.of("disk is full")));

        assertThat(node.hears(M1).forget().happens(new Event.HandOver("a")).actions())
                .containsExactly(new HandoverRefused("m2 is FAULT, not MASTER; m1 is"));
    }

    @Test
    void nodeThatDoesNotHoldTheAddressesSaysWhoDoes() {
        assertThat(Node.backupOf(M1).happens(new Event.HandOver("maintenance")).actions())
                .containsExactly(new HandoverRefused("m2 is BACKUP, not MASTER; m1 is"));
    }

    @Test
    void handoverThatIsRefusedDoesNotEndTheOneThatAwaitsItsSuccessor() {
        Node node =
                Node.master().happens(new Event.HandOver("a")).passes(400 * MS).forget();

        assertThat(node.happens(new Event.HandOver("b")).actions())
                .containsExactly(new HandoverRefused("m2 is BACKUP, not MASTER; no master is known"));
        assertThat(node.forget().hears(M3).actions()).containsExactly(new HandoverEnded(true, "m3 took over"));
    }

    @Test
    void nodeThatIsAloneKeepsTheAddresses() {
        Node node = Node.master(s -> new Settings(
                s.node(),
                s.address(),
                s.version(),
                s.priority(),
                s.intervalNanos(),
                s.preempt(),
                s.preemptDelayNanos(),
                s.announceIntervalNanos(),
                List.of()));

        assertThat(node.happens(new Event.HandOver("maintenance")).actions())
                .containsExactly(new HandoverRefused("there is no other node to hand over to"));
        assertThat(node.forget().passes(1_000 * MS).actions()).doesNotContain(new RemoveAddresses());
        assertThat(node.state()).isEqualTo(State.MASTER);
    }

    @Test
    void lastAdvertOfALoserIsNotASuccessors() {
        Node preempting = Node.backupOf(M3);
        for (int i = 0; preempting.state() != State.MASTER; i++) {
            assertThat(i).as("adverts of m3").isLessThan(300);
            preempting.hears(M3).passes(10 * MS);
        }
        Node ordered = Node.backupOf(M1).happens(new Event.TakeoverOrdered(M1));

        assertThat(preempting.happens(new Event.Leave("bye")).hears(M3).state()).isEqualTo(State.MASTER);
        assertThat(ordered.happens(new Event.Leave("bye")).hears(M1).state()).isEqualTo(State.MASTER);
        assertThat(ordered.passes(25 * MS).hears(M1).state()).isEqualTo(State.INITIALIZE);
    }

    @Test
    void everyHandoverEndsOnceAlsoWhenAnotherFollows() {
        Node node = Node.master().happens(new Event.HandOverTo(M3, "a")).happens(new Event.HandOverTo(M1, "b"));
        node.hears(M1);

        assertThat(node.actions())
                .filteredOn(a -> a instanceof HandoverEnded)
                .containsExactly(
                        new HandoverEnded(false, "replaced by another handover before m3 took over"),
                        new HandoverEnded(true, "m1 took over"));
    }

    @Test
    void handoverThatIsOvertakenByAFaultOrALeaveSaysSo() {
        Node faulty = Node.master()
                .happens(new Event.HandOverTo(M3, "a"))
                .happens(new Event.Tracked(0, Optional.of("disk is full")));
        Node leaving = Node.master().happens(new Event.HandOverTo(M3, "a")).happens(new Event.Leave("bye"));
        Node gone =
                Node.master().happens(new Event.HandOver("a")).passes(400 * MS).happens(new Event.Stopped("bye"));

        assertThat(faulty.actions()).endsWith(new HandoverEnded(false, "this node became FAULT before m3 took over"));
        assertThat(leaving.actions())
                .endsWith(new HandoverEnded(false, "this node began to leave before m3 took over"));
        assertThat(gone.actions())
                .endsWith(new HandoverEnded(false, "this node left the election before anybody took over"));
    }

    private static Node handedOverToM3() {
        Node node = Node.master().happens(new Event.HandOver("maintenance")).hears(M3);
        assertThat(node.actions())
                .containsExactly(
                        new Advertise(1),
                        new TakeoverRequest(),
                        new Releasing(),
                        new Became(State.MASTER, State.BACKUP, "handed over: maintenance"),
                        new HandoverEnded(true, "m3 took over"));
        return node.forget();
    }
}
