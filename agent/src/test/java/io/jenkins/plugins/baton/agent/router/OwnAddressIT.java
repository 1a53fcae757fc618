package io.jenkins.plugins.baton.agent.router;

import static io.jenkins.plugins.baton.agent.router.Site.AWAIT_TIMEOUT;
import static io.jenkins.plugins.baton.agent.router.Site.VIP;
import static io.jenkins.plugins.baton.agent.router.Site.VIP6;
import static io.jenkins.plugins.baton.agent.router.Site.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.jmx.State;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Command;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A node that cannot be heard does not hold, whatever an administrator or a DHCP client does to its network. */
@Execution(ExecutionMode.CONCURRENT)
class OwnAddressIT extends TwoSites {
    private static final String OWN = "10.86.13.30/24";

    @Test
    void holderThatLosesItsOwnAddressIsInFaultWithTheReasonAndBackWhenItReturns() {
        bothRun();
        m1.namespace.ip("addr del " + OWN + " dev eth0");
        m1.await("four", State.FAULT);
        m1.awaitAddress(VIP, false);
        assertThat(m1.router("four").stateReason())
                .isEqualTo("eth0 does not have 10.86.13.30, the address of this node");
        assertThat(m1.router("six").state()).as("the other family").isEqualTo(State.MASTER);

        m2.awaitAddress(VIP, true);
        long told = m1.router("four").announcementsSent();
        long errors = m1.router("four").sendErrors();
        hears(m2, 10);
        assertThat(m1.router("four").announcementsSent()).isEqualTo(told);
        assertThat(m1.router("four").sendErrors()).isEqualTo(errors);

        m1.namespace.ip("addr add " + OWN + " dev eth0");
        m1.await("four", State.MASTER);
        m1.awaitAddress(VIP, true);
        m2.await("four", State.BACKUP);
    }

    @Test
    void holderThatIsRenumberedIsInFault() {
        bothRun();
        m1.namespace.ip("addr add 10.86.13.77/24 dev eth0");
        m1.namespace.ip("addr del " + OWN + " dev eth0");
        m1.await("four", State.FAULT);
        m2.awaitAddress(VIP, true);
    }

    @Test
    void holderThatLosesItsLinkLocalAddressIsInFaultInThatFamilyAlone() {
        bothRun();
        m1.namespace.ip("addr del fe80::30/64 dev eth0");
        m1.await("six", State.FAULT);
        m1.awaitAddress(VIP6, false);
        assertThat(m1.router("six").stateReason()).contains("fe80::30");
        assertThat(m1.router("four").state()).isEqualTo(State.MASTER);

        m1.namespace.ip("addr add fe80::30/64 dev eth0 nodad");
        m1.await("six", State.MASTER);
    }

    @Test
    void virtualAddressIsAloneWhateverItsPrefixAndComesAfterTheOwnOneAfterAFlush() {
        for (String promote : List.of("0", "1")) {
            m1.namespace.run(() -> Command.run(
                            "sysctl",
                            "-qw",
                            "net.ipv4.conf.all.promote_secondaries=" + promote,
                            "net.ipv4.conf.eth0.promote_secondaries=" + promote)
                    .orThrow());
            if (m1.routers() == null) {
                m1.start(cluster(VIP + "/32", VIP + "/24"));
            }
            m1.await("four", State.MASTER);
            m1.awaitAddress(VIP, true);
            assertThat(addresses()).containsExactly(OWN, VIP + "/32");

            m1.namespace.ip("-4 addr flush dev eth0");
            m1.await("four", State.FAULT);
            m1.namespace.ip("addr add " + OWN + " dev eth0");
            m1.await("four", State.MASTER);
            m1.awaitAddress(VIP, true);
            assertThat(addresses()).containsExactly(OWN, VIP + "/32");
            assertThat(m1.namespace.ip("route show dev eth0")).contains("10.86.13.0/24");

            m1.routers().suspend("four", "test").join();
            assertThat(addresses()).as("promote_secondaries=" + promote).containsExactly(OWN);
            m1.routers().resume("four", "test").join();
        }
    }

    @Test
    void leftoverThatIsFirstOfTheSubnetGoesWithoutTheOwnAddress() {
        m1.namespace.run(() -> Command.run(
                        "sysctl",
                        "-qw",
                        "net.ipv4.conf.all.promote_secondaries=0",
                        "net.ipv4.conf.eth0.promote_secondaries=0")
                .orThrow());
        m1.namespace.ip("addr del " + OWN + " dev eth0");
        m1.namespace.ip("addr add " + VIP + "/24 dev eth0 noprefixroute");
        m1.namespace.ip("addr add " + OWN + " dev eth0");
        m2.start();
        m2.await("four", State.MASTER);
        m1.start();
        m1.await("four", State.MASTER);
        m1.awaitAddress(VIP, true);
        assertThat(addresses()).containsExactly(OWN, VIP + "/32");
        assertThat(m1.namespace.ip("route show dev eth0")).contains("10.86.13.0/24");
    }

    @Test
    void agentThatStartsBeforeInterfaceAndAddressWaitsAndSaysForWhat() {
        m1.namespace.ip("link del eth0");
        m1.start();
        m1.await("four", State.FAULT);
        assertThat(m1.router("four").stateReason()).isEqualTo("there is no interface eth0");
        assertThat(m1.router("four").transitions()).isEqualTo(1);

        m1.namespace.ip("link add eth0 type veth peer name eth1");
        awaitReason("eth0 is switched off");
        m1.namespace.ip("link set eth1 up");
        m1.namespace.ip("link set eth0 up");
        awaitReason("eth0 does not have 10.86.13.30, the address of this node");
        Await.until("it is told", AWAIT_TIMEOUT, () -> m1.told().contains("four still FAULT"));
        m1.namespace.ip("addr add " + OWN + " dev eth0");
        m1.await("four", State.MASTER);
        m1.awaitAddress(VIP, true);
    }

    @Test
    void interfaceThatIsRenamedLosesTheVirtualAddressAndGetsItBackWithItsName() {
        bothRun();
        m1.namespace.ip("link set eth0 name eth9");
        m1.await("four", State.FAULT);
        Await.until(
                "the renamed interface has lost the address",
                AWAIT_TIMEOUT,
                () -> !m1.namespace.ip("-o addr show dev eth9").contains(VIP));
        m1.namespace.ip("link set eth9 name eth0");
        m1.await("four", State.MASTER);
        m1.awaitAddress(VIP, true);
    }

    @Test
    void holderWhoseFirewallDropsItsAdvertsIsInFaultAndTriesUntilItMaySpeak() {
        bothRun();
        firewall("add table ip t; add chain ip t o { type filter hook output priority 0; }; "
                + "add rule ip t o meta l4proto 112 drop");
        m1.await("four", State.FAULT);
        m1.awaitAddress(VIP, false);
        m2.awaitAddress(VIP, true);
        assertThat(m1.router("four").stateReason())
                .startsWith("adverts cannot be sent: ")
                .contains("EPERM")
                .contains("firewall");
        long told = m1.router("four").announcementsSent();
        hears(m2, 15);
        assertThat(m1.router("four").announcementsSent())
                .as("no announcement while it is mute")
                .isEqualTo(told);
        assertThat(m1.router("four").state()).isEqualTo(State.FAULT);

        firewall("delete table ip t");
        m1.await("four", State.MASTER);
    }

    @Test
    void backupThatCannotSpeakNeverAnnouncesWhatALivingHolderHas() {
        m2.start();
        m2.await("four", State.MASTER);
        m2.awaitAddress(VIP, true);
        firewall("add table ip t; add chain ip t o { type filter hook output priority 0; }; "
                + "add rule ip t o meta l4proto 112 drop");
        m1.start();
        m1.await("four", State.FAULT);
        assertThat(m1.router("four").announcementsSent()).isZero();
        assertThat(m2.router("four").state()).isEqualTo(State.MASTER);

        firewall("delete table ip t");
        m1.await("four", State.MASTER);
    }

    @Test
    void holderWhoseEthernetAddressChangesTellsTheNeighbours() {
        bothRun();
        Await.until(
                "the rounds of the takeover are over",
                AWAIT_TIMEOUT,
                () -> m1.router("four").announcementsSent() >= 20);
        long told = m1.router("four").announcementsSent();
        m1.namespace.ip("link set eth0 address 02:00:00:00:77:01");
        Await.until(
                "m1 has told its new Ethernet address",
                AWAIT_TIMEOUT,
                () -> m1.router("four").announcementsSent() >= told + 10);
        assertThat(m1.router("four").transitions()).isEqualTo(2);
    }

    private void bothRun() {
        m1.start();
        m2.start();
        m1.await("four", State.MASTER);
        m1.await("six", State.MASTER);
        m1.awaitAddress(VIP, true);
        Await.until("m2 hears m1", AWAIT_TIMEOUT, () -> m2.router("four").advertsReceived() > 2);
    }

    private void hears(Site holder, int adverts) {
        long sent = holder.router("four").advertsSent();
        Await.until("more adverts", AWAIT_TIMEOUT, () -> holder.router("four").advertsSent() > sent + adverts);
    }

    private void awaitReason(String reason) {
        Await.until(reason, AWAIT_TIMEOUT, () -> m1.router("four").stateReason().equals(reason));
        assertThat(m1.router("four").state()).isEqualTo(State.FAULT);
    }

    private void firewall(String rules) {
        m1.namespace.run(() -> Command.run("nft", rules).orThrow());
    }

    private List<String> addresses() {
        return m1.namespace
                .ip("-o -4 addr show dev eth0")
                .lines()
                .map(line -> line.replaceAll(".* inet (\\S+) .*", "$1"))
                .toList();
    }
}
