package io.jenkins.plugins.baton.agent.it;

import static io.jenkins.plugins.baton.agent.it.AgentLab.AWAIT_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Forger;
import io.jenkins.plugins.baton.lab.Host;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A host on the segment that is no node sends what it likes. */
@Execution(ExecutionMode.CONCURRENT)
class ForgeryIT {
    private static final int VRID = 51;

    @RegisterExtension
    final AgentLab lab = AgentLab.withNodes(2);

    @Test
    void packetsInTheNameOfNodesMoveNothingAndAreNamedOnce() {
        List<Host> pair = lab.lab().nodes();
        Host stranger = lab.lab().addHost("stranger", 66);
        Path file = ClusterText.of(pair).router("advertisementInterval: 100ms").write(lab);
        List<Daemon> agents = pair.stream().map(host -> lab.start(host, file)).toList();
        lab.awaitHolder(pair.get(0));
        pair.forEach(host -> Await.until(
                "the peer link of " + host + " is up",
                AWAIT_TIMEOUT,
                () -> lab.status(host).at("/agent/connectedPeers").size() == 1));
        long transitions = transitions(pair);
        long stalls = stalls(pair);
        // From a host of its own, and from a node itself, where a container may open raw sockets.
        try (Forger forger = Forger.on(stranger, VRID, pair);
                Forger insider = Forger.on(pair.get(1), VRID, pair.subList(1, 2))) {
            for (int priority : new int[] {255, 254, 1, 0}) {
                forger.adverts(priority);
                insider.adverts(priority);
            }
            forger.orders(pair);
            insider.orders(pair);
            forger.claims(AddressPlan.VIP);
            pair.forEach(host -> Await.until(
                    host + " names the forger",
                    AWAIT_TIMEOUT,
                    () -> kinds(host).contains("FORGERY") && dropped(host, "foreignMac") > 20));
            Await.until(
                    "what the agent of m2 contradicts is dropped",
                    AWAIT_TIMEOUT,
                    () -> dropped(pair.get(0), "contradicted") > 20 && dropped(pair.get(0), "priorityOwner") > 20);
            Await.until(
                    "the holder names who claims its address",
                    AWAIT_TIMEOUT,
                    () -> kinds(pair.get(0)).contains("ADDRESS"));
        }

        // An agent for which the machine has no time for that long may lose the VIP, whoever forges what.
        assertThat(transitions(pair) == transitions || stalls(pair) > stalls)
                .as(
                        "transitions: %d, then %d; stalls: %d, then %d",
                        transitions, transitions(pair), stalls, stalls(pair))
                .isTrue();
        lab.awaitHolder(pair.get(0));
        for (int i = 0; i < 2; i++) {
            String other = pair.get(1 - i).ipv4();
            assertThat(agents.get(i).log().lines().filter(l -> l.contains("in the name of " + other)))
                    .hasSize(1);
        }
        assertThat(agents.get(0).log().lines().filter(l -> l.contains("answers for " + AddressPlan.VIP)))
                .hasSize(1);
    }

    @Test
    void groupWithASecretMovesAsItIsToldAndCarpIsNamed() {
        List<Host> pair = lab.lab().nodes();
        Host stranger = lab.lab().addHost("stranger", 66);
        Path secret = lab.lab().client().write("secret", "5a".repeat(32) + "\n");
        lab.lab().client().run("chmod", "600", secret.toString()).orThrow();
        Path file = ClusterText.of(pair)
                .router("advertisementInterval: 100ms")
                .line("secret: " + secret)
                .write(lab);
        pair.forEach(host -> lab.start(host, file));
        lab.awaitHolder(pair.get(0));
        Await.until(
                "the peer link is up",
                AWAIT_TIMEOUT,
                () -> lab.status(pair.get(0)).at("/agent/connectedPeers").size() == 1);
        lab.run(pair.get(0), "handover", "--to", "m2").orThrow();
        lab.awaitHolder(pair.get(1));
        try (Forger forger = Forger.on(stranger, VRID, pair)) {
            forger.carp();
            Await.until("CARP is named", AWAIT_TIMEOUT, () -> kinds(pair.get(0)).contains("CARP"));
        }
        assertThat(lab.router(pair.get(0)).at("/droppedAdvertSenders/carp").asText())
                .isEqualTo(stranger.ipv4());
    }

    @Test
    void firewallThatDropsAdvertsMakesNoSecondHolderAndIsNamed() {
        List<Host> pair = lab.lab().nodes();
        pair.forEach(host -> host.run(
                        "nft",
                        "add table inet wall; add chain inet wall in { type filter hook input priority 0; };"
                                + " add rule inet wall in meta l4proto 112 drop")
                .orThrow());
        Path file = ClusterText.of(pair).router("advertisementInterval: 100ms").write(lab);
        Daemon m1 = lab.start(pair.get(0), file);
        Daemon m2 = lab.start(pair.get(1), file);
        pair.forEach(lab::awaitReady);
        Await.until(
                "m2 names that it does not hear m1",
                AWAIT_TIMEOUT,
                () -> lab.router(pair.get(1)).at("/unheardMasters/0").asText().equals("m1"));
        lab.awaitHolder(pair.get(0));
        Await.until("its log says what it takes to be the reason", AWAIT_TIMEOUT, () -> namings(m2) > 0);
        assertThat(namings(m2)).isLessThanOrEqualTo(2);

        m1.kill();
        lab.awaitState(pair.get(1), "MASTER");
    }

    private static long namings(Daemon agent) {
        return agent.log()
                .lines()
                .filter(l -> l.contains("something drops protocol 112"))
                .count();
    }

    private long transitions(List<Host> hosts) {
        return hosts.stream()
                .mapToLong(host -> lab.router(host).path("transitions").asLong())
                .sum();
    }

    private long stalls(List<Host> hosts) {
        return hosts.stream()
                .mapToLong(host -> lab.status(host).at("/agent/stalls").asLong())
                .sum();
    }

    private List<String> kinds(Host host) {
        return StreamSupport.stream(lab.router(host).path("conflicts").spliterator(), false)
                .map((JsonNode conflict) -> conflict.path("kind").asText())
                .toList();
    }

    private long dropped(Host host, String reason) {
        return lab.router(host).at("/droppedAdverts/" + reason).asLong();
    }
}
