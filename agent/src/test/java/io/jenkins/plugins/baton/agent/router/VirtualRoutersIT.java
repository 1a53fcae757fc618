package io.jenkins.plugins.baton.agent.router;

import static io.jenkins.plugins.baton.agent.router.Site.AWAIT_TIMEOUT;
import static io.jenkins.plugins.baton.agent.router.Site.VIP;
import static io.jenkins.plugins.baton.agent.router.Site.VIP6;
import static io.jenkins.plugins.baton.agent.router.Site.cluster;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.vrrp.packet.DropReason;
import io.jenkins.plugins.baton.jmx.State;
import io.jenkins.plugins.baton.lab.Await;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The real-time thread with real sockets: two nodes, each in a network namespace of this JVM. */
class VirtualRoutersIT extends TwoSites {
    @Test
    void higherNodeHoldsTheAddressesOfBothFamiliesAndTheOtherFollowsWhenItStops() {
        m1.start();
        m2.start();
        m1.await("four", State.MASTER);
        m1.await("six", State.MASTER);
        Await.until("m2 hears m1", AWAIT_TIMEOUT, () -> m2.router("six").advertsReceived() > 2);

        assertThat(m1.holds(VIP) && m1.holds(VIP6)).isTrue();
        assertThat(m2.holds(VIP) || m2.holds(VIP6)).isFalse();
        assertThat(m2.router("four").holder()).contains("m1");
        assertThat(m2.router("four").drops().values()).containsOnly(0L);

        assertThat(m1.routers().stop(AWAIT_TIMEOUT)).isTrue();
        assertThat(m1.holds(VIP) || m1.holds(VIP6)).isFalse();
        m2.awaitAddress(VIP, true);
        m2.awaitAddress(VIP6, true);
        assertThat(m2.router("four").stateReason()).isEqualTo("m1 handed over");
    }

    @Test
    void addressIsHeldByALeaseThatEndsByItself() {
        m1.start();
        m1.await("four", State.MASTER);
        m1.awaitAddress(VIP, true);

        assertThat(m1.namespace.ip("-o addr show dev eth0 to " + VIP)).containsPattern("valid_lft [12]sec");
    }

    @Test
    void addressThatSomebodyDeletesIsPutBackAndCounted() {
        m1.start();
        m1.await("four", State.MASTER);
        m1.awaitAddress(VIP, true);
        m1.namespace.ip("addr del 10.86.13.36/32 dev eth0");

        Await.until(
                "the loss is counted", AWAIT_TIMEOUT, () -> m1.router("four").addressesRestored() == 1);
        assertThat(m1.holds(VIP)).isTrue();
        assertThat(m1.router("four").transitions()).isEqualTo(2);
    }

    @Test
    void ownRemovalsAreNotTakenForTheftAfterAQuickReturn() {
        m1.start();
        m2.start();
        m1.await("four", State.MASTER);
        handOver(m1, "m2");
        m2.await("four", State.MASTER);
        handOver(m2, "m1");
        m1.await("four", State.MASTER);

        assertThat(m1.router("four").addressesRestored()).isZero();
        assertThat(m1.router("four").effectivePriority()).isEqualTo(254);
    }

    @Test
    void handoverToTheOtherNodeMovesTheAddressAndItStays() {
        m1.start();
        m2.start();
        m1.await("four", State.MASTER);
        m1.routers()
                .handOver("four", "test")
                .orTimeout(AWAIT_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .join();
        m2.await("four", State.MASTER);
        m2.awaitAddress(VIP, true);
        m1.awaitAddress(VIP, false);
        long heard = m1.router("four").advertsReceived();
        Await.until(
                "m1 leaves m2 MASTER", AWAIT_TIMEOUT, () -> m1.router("four").advertsReceived() > heard + 20);

        assertThat(m1.router("four").state()).isEqualTo(State.BACKUP);
        assertThat(m1.router("six").state()).isEqualTo(State.MASTER);
    }

    @Test
    void handoverToANodeThatIsNotThereFailsWithTheReason() {
        m1.start();
        m1.await("four", State.MASTER);

        assertThatThrownBy(() -> handOver(m1, "m2")).rootCause().hasMessageContaining("m2 did not take over within");
        assertThatThrownBy(() -> handOver(m1, "m9"))
                .rootCause()
                .isInstanceOf(OperationRefusedException.class)
                .hasMessage("there is no other node m9 to hand over to");
        assertThat(m1.router("four").state()).isEqualTo(State.MASTER);
        assertThat(m1.holds(VIP)).isTrue();
    }

    @Test
    void suspendedNodeStandsAsideUntilItIsResumed() {
        m1.start();
        m1.await("four", State.MASTER);
        m1.routers().suspend("four", "test").join();

        m1.await("four", State.BACKUP);
        assertThat(m1.holds(VIP)).isFalse();
        assertThat(m1.router("four").suspended()).isTrue();
        m1.routers().resume("four", "test").join();
        m1.await("four", State.MASTER);
    }

    @Test
    void nodeThatStandsAsideFromItsStartTakesTheAddressOnlyWhenThatIsOver() {
        m1.start(cluster(), Optional.of("maintenance"));
        m2.start();
        m2.await("four", State.MASTER);
        assertThat(m1.router("four").suspended()).isTrue();
        assertThat(m1.router("four").transitions()).as("started, never MASTER").isEqualTo(1);

        m1.routers().standAside(Optional.empty());

        m1.await("four", State.MASTER);
        m2.await("four", State.BACKUP);
    }

    @Test
    void routerThatAReloadBringsToANodeThatStandsAsideStandsAsideToo() {
        m1.start(Site.clusterWithoutRouters());
        m1.routers().standAside(Optional.of("maintenance"));
        m1.reload(cluster());

        Await.until(
                "the new router stands aside",
                AWAIT_TIMEOUT,
                () -> m1.router("four").suspended());
        assertThat(m1.router("four").state()).isEqualTo(State.BACKUP);
    }

    @Test
    void reloadChangesThePriorityWithoutMovingTheAddress() {
        m1.start();
        m1.await("four", State.MASTER);
        m1.reload(cluster("priority: 110", "priority: 120"));

        assertThat(m1.router("four").priority()).isEqualTo(120);
        assertThat(m1.router("four").transitions()).isEqualTo(2);
        assertThat(m1.holds(VIP)).isTrue();
    }

    @Test
    void firstRouterOfAReloadKnowsThatThisNodeCouldNotServe() {
        m2.start();
        m2.await("four", State.MASTER);
        m1.start(Site.clusterWithoutRouters());
        m1.routers().prepared(false);
        m1.reload(cluster());
        m1.await("four", State.BACKUP);
        long heard = m1.router("four").advertsReceived();
        Await.until(
                "m1 leaves m2 MASTER", AWAIT_TIMEOUT, () -> m1.router("four").advertsReceived() > heard + 20);
        assertThat(m1.router("four").state()).isEqualTo(State.BACKUP);

        m1.routers().prepared(true);
        m1.await("four", State.MASTER);
    }

    @Test
    void reloadWithAnotherAddressStartsAnewAndLeavesNothingBehind() {
        m1.start();
        m1.await("four", State.MASTER);
        m1.reload(cluster("10.86.13.36/32", "10.86.13.37/32"));

        assertThat(m1.holds(VIP)).isFalse();
        m1.awaitAddress("10.86.13.37", true);
    }

    @Test
    void interfaceThatIsDeletedIsAFaultAndOneThatIsMadeAnewIsUsed() {
        m1.start();
        m1.await("four", State.MASTER);
        m1.namespace.ip("link del eth0");
        m1.await("four", State.FAULT);
        m1.await("six", State.FAULT);
        Await.until(
                "m1 says that there is no interface",
                AWAIT_TIMEOUT, // at first it is only switched off
                () -> m1.router("four").stateReason().equals("there is no interface eth0"));

        Site.connect(m1, m2);
        m1.await("four", State.MASTER);
        m1.await("six", State.MASTER);
        m1.awaitAddress(VIP, true);
        m1.awaitAddress(VIP6, true);
        assertThat(m1.told()).noneMatch(t -> t.contains("leaves the election"));
        m2.start();
        Await.until("m2 hears m1 again", AWAIT_TIMEOUT, () -> m2.router("four").advertsReceived() > 2);
    }

    @Test
    void addressesOfAnEarlierRunAreTakenOffWhenAnotherNodeIsMaster() {
        m1.start();
        m1.await("four", State.MASTER);
        m2.namespace.ip("addr add 10.86.13.36/32 dev eth0");
        m2.namespace.ip("addr add 10.86.13.36/24 dev eth0");
        m2.start();

        m2.awaitAddress(VIP, false);
        m2.await("four", State.BACKUP);
    }

    @Test
    void strangerWithOurRouterIdIsToldOnceAndIgnored() {
        m1.start(cluster("10.86.13.31", "10.86.13.99", "fe80::31", "fe80::99"));
        m2.start(cluster("10.86.13.30", "10.86.13.98", "fe80::30", "fe80::98", VIP + "/32", "10.86.13.37/32"));
        m1.await("four", State.MASTER);
        Await.until(
                "m1 has heard m2 twice",
                AWAIT_TIMEOUT,
                () -> m1.router("four").drops().get(DropReason.UNKNOWN_SENDER) > 1);

        assertThat(m1.router("four").conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.source().getHostAddress()).isEqualTo("10.86.13.31");
            assertThat(conflict.addresses()).extracting(a -> a.getHostAddress()).containsExactly("10.86.13.37");
        });
        Await.until("it is told", AWAIT_TIMEOUT, () -> m1.told().contains("four conflict 10.86.13.31"));
        assertThat(m1.told()).containsOnlyOnce("four conflict 10.86.13.31");
    }

    @Test
    void threadTurnsAndSaysHowPunctualItIs() {
        m1.start();
        m1.await("four", State.MASTER);

        assertThat(m1.routers().sinceLastTurn()).isLessThan(Duration.ofSeconds(10));
        assertThat(m1.routers().thread().realTime()).matches("SCHED_FIFO 20|not real-time: .+");
        assertThat(m1.told()).noneMatch(t -> t.startsWith("died"));
    }

    private static void handOver(Site from, String to) {
        from.routers()
                .handOverTo("four", to, "test")
                .orTimeout(AWAIT_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
