package io.jenkins.plugins.baton.agent.it;

import static io.jenkins.plugins.baton.agent.it.AgentLab.AWAIT_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The end of an agent, as the other agents learn of it. */
class PeerLinkIT {
    /** Kills in the regular test; `make faults` asks for more. */
    private static final int ROUNDS = Integer.getInteger("baton.rounds", 3);

    private static final String PEER_LINK_PORT = "9011";

    @RegisterExtension
    final AgentLab lab = AgentLab.withNodes(3);

    @Test
    void killedAgentIsFollowedByTheNextInLineBecauseItsEndIsSeen() {
        Path file = ClusterText.of(lab.lab().nodes()).router().write(lab);
        Host m1 = lab.host("m1");
        Host m2 = lab.host("m2");
        lab.lab().nodes().subList(1, 3).forEach(host -> lab.start(host, file));
        for (int round = 1; round <= ROUNDS; round++) {
            Daemon first = lab.start(m1, file);
            lab.awaitState(m1, "MASTER");
            awaitConnected(lab.lab().nodes());
            Instant killed = Instant.now();
            first.kill();
            lab.awaitState(m2, "MASTER");
            Instant taken = Instant.parse(lab.router(m2).path("stateSince").asText());
            System.out.printf(
                    "round %d: m2 is MASTER %d ms after the kill%n",
                    round, Duration.between(killed, taken).toMillis());

            assertThat(lab.router(m2).path("stateReason").asText()).isEqualTo("m1's agent ended");
            assertThat(lab.status(m2).at("/agent/unreachableHosts")).isEmpty();
            assertThat(lab.router(lab.host("m3")).path("state").asText()).isEqualTo("BACKUP");
            Await.until("the lease of the killed one is over", AWAIT_TIMEOUT, () -> !m1.holds(AddressPlan.VIP));
        }
    }

    @Test
    void peerLinkThatAFirewallBlocksIsToldOnceAndTheAdvertsDecide() {
        Host m1 = lab.host("m1");
        Host m2 = lab.host("m2");
        List<Host> pair = List.of(m1, m2);
        pair.forEach(host -> wall(host, "drop"));
        Path file = ClusterText.of(pair).router("advertisementInterval: 100ms").write(lab);
        Daemon first = lab.start(m1, file);
        Daemon second = lab.start(m2, file);
        lab.awaitState(m1, "MASTER");
        Await.until(
                "m2 says that there is no peer link",
                AWAIT_TIMEOUT,
                () -> second.log().contains("The peer link to m1 is down"));
        assertThat(second.log()).contains("): there is no answer. ");
        assertThat(lab.status(m2).at("/agent/connectedPeers")).isEmpty();
        first.kill();
        lab.awaitState(m2, "MASTER");

        assertThat(lab.router(m2).path("stateReason").asText()).startsWith("m1 has been silent for ");
        assertThat(second.log().lines().filter(line -> line.contains("The peer link to m1 is down")))
                .hasSize(1);
    }

    /** Nothing is said meanwhile whose repetition would end the connection. */
    @Test
    void silenceOnAnIdlePeerLinkIsNoticedByBothEndsWhoeverCalledFirst() {
        List<Host> pair = List.of(lab.host("m1"), lab.host("m2"));
        startConnected(pair, ClusterText.of(pair).router().write(lab));
        lab.awaitState(pair.get(0), "MASTER");
        Await.pause(Duration.ofSeconds(1));
        pair.forEach(host -> wall(host, "drop"));

        for (Host host : pair) {
            Await.until(
                    host + " has lost the peer link",
                    AWAIT_TIMEOUT,
                    () -> lab.status(host).at("/agent/connectedPeers").isEmpty());
        }
    }

    @Test
    void firewallThatBeginsToResetThePeerLinkStartsNoElection() {
        Host m1 = lab.host("m1");
        Host m2 = lab.host("m2");
        List<Host> pair = List.of(m1, m2);
        Path file = ClusterText.of(pair).router().write(lab);
        startConnected(pair, file);
        long transitions = lab.router(m2).path("transitions").asLong();
        wall(m1, "reject with tcp reset");

        Await.until(
                "m2 has lost the peer link",
                AWAIT_TIMEOUT,
                () -> lab.status(m2).at("/agent/connectedPeers").isEmpty());
        awaitAdverts(m2);
        assertThat(lab.router(m2).path("transitions").asLong()).isEqualTo(transitions);
    }

    @Test
    void strangerOnTheSegmentFindsNobodyWhoListensAndStartsNoElection() {
        Host m1 = lab.host("m1");
        Host m2 = lab.host("m2");
        List<Host> pair = List.of(m1, m2);
        Path file = ClusterText.of(pair).router().write(lab);
        startConnected(pair, file);
        long transitions = lab.router(m2).path("transitions").asLong();
        for (Host target : pair) {
            assertThat(lab.lab()
                            .client()
                            .run("bash", "-c", "(exec 3<>/dev/tcp/" + target.ipv4() + "/" + PEER_LINK_PORT + ") 2>&1")
                            .output())
                    .contains("Connection refused");
        }
        awaitAdverts(m2);

        assertThat(lab.router(m2).path("transitions").asLong()).isEqualTo(transitions);
        assertThat(lab.status(m2).at("/agent/connectedPeers/0").asText()).isEqualTo("m1");
    }

    @Test
    void firewallsThatLetOnlyWhatTheirHostBeganThroughAreNoHindrance() {
        List<Host> pair = List.of(lab.host("m1"), lab.host("m2"));
        pair.forEach(host -> host.run(
                        "nft",
                        "add table inet wall; add chain inet wall in { type filter hook input priority 0; };"
                                + " add rule inet wall in ct state invalid drop; add rule inet wall in ct state established accept;"
                                + " add rule inet wall in meta l4proto tcp drop")
                .orThrow());
        Path file = ClusterText.of(pair).router().write(lab);

        List<Daemon> agents = startConnected(pair, file);
        for (int life = 1; life <= 3; life++) {
            agents.get(1).kill();
            Await.until(
                    "m1 knows that m2's agent has ended",
                    AWAIT_TIMEOUT,
                    () -> lab.status(pair.get(0)).at("/agent/connectedPeers").isEmpty());
            agents = List.of(agents.get(0), lab.start(pair.get(1), file));
            lab.awaitReady(pair.get(1));
            awaitConnected(pair);
        }
        // It would be told after ten seconds: the firewalls' memory of the old connection was in the way for up to
        // forty.
        assertThat(agents.get(1).log()).doesNotContain("The peer link");
    }

    @Test
    void nodesWithAddressesOfIpv6AreConnectedAsWell() {
        List<Host> pair = List.of(lab.host("m1"), lab.host("m2"));
        Path file = ClusterText.overIpv6(pair)
                .router(AddressPlan.VIP6 + "/128", "advertisementInterval: 1s")
                .write(lab);

        startConnected(pair, file);
    }

    @Test
    void agentsThatAreKilledOneAfterTheOtherAreConnectedWhenTheyAreBack() {
        List<Host> pair = List.of(lab.host("m1"), lab.host("m2"));
        Path file = ClusterText.of(pair).router().write(lab);
        for (int life = 1; life <= 3; life++) {
            startConnected(pair, file).forEach(Daemon::kill);
        }
    }

    @Test
    void hostThatIsCutOffIsUnreachableAndHeardOfAgainWhenItIsBack() {
        Host m1 = lab.host("m1");
        Host m2 = lab.host("m2");
        List<Host> pair = List.of(m1, m2);
        Path file = ClusterText.of(pair).router("advertisementInterval: 100ms").write(lab);
        pair.forEach(host -> lab.start(host, file));
        lab.awaitState(m1, "MASTER");
        awaitConnected(pair);
        Await.until(
                "m1 is heard",
                AWAIT_TIMEOUT,
                () -> lab.status(m2).at("/agent/unreachableHosts").isEmpty());
        lab.lab().lan().isolate(m1);
        lab.awaitState(m2, "MASTER");

        Await.until(
                "m1 is unreachable",
                AWAIT_TIMEOUT,
                () -> lab.status(m2).at("/agent/unreachableHosts/0").asText().equals("m1"));
        lab.lab().lan().rejoin(m1);
        Await.until(
                "m1 is heard again",
                AWAIT_TIMEOUT,
                () -> lab.status(m2).at("/agent/unreachableHosts").isEmpty());
        awaitConnected(pair);
        lab.awaitHolder(m1);
    }

    /** A firewall of the host, for what comes to the port of the peer link. */
    private static void wall(Host host, String verdict) {
        host.run(
                        "nft",
                        "add table inet wall; add chain inet wall in { type filter hook input priority 0; };"
                                + " add rule inet wall in tcp dport " + PEER_LINK_PORT + " " + verdict)
                .orThrow();
    }

    private List<Daemon> startConnected(List<Host> pair, Path file) {
        List<Daemon> agents = pair.stream().map(host -> lab.start(host, file)).toList();
        lab.awaitState(pair.get(0), "MASTER");
        lab.awaitState(pair.get(1), "BACKUP");
        awaitConnected(pair);
        return agents;
    }

    private void awaitAdverts(Host host) {
        long heard = lab.router(host).path("advertsReceived").asLong();
        Await.until(
                host + " hears adverts",
                AWAIT_TIMEOUT,
                () -> lab.router(host).path("advertsReceived").asLong() > heard + 2);
    }

    private void awaitConnected(List<Host> hosts) {
        hosts.forEach(host -> Await.until(
                "all agents are connected to " + host,
                AWAIT_TIMEOUT,
                () -> lab.status(host).at("/agent/connectedPeers").size() == hosts.size() - 1));
    }
}
