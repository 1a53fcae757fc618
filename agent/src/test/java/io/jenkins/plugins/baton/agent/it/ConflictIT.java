package io.jenkins.plugins.baton.agent.it;

import static io.jenkins.plugins.baton.agent.it.AgentLab.AWAIT_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Keepalived;
import io.jenkins.plugins.baton.lab.VipWatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConflictIT {
    private static final String THEIR_VIP = "10.86.13.99";

    @RegisterExtension
    final AgentLab lab = AgentLab.withNodes(2);

    /** @param priority of the strangers: below ours, and above */
    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(ints = {50, 200})
    void anotherGroupWithOurRouterIdIsNamedAndBothGoOnWorking(int priority) {
        List<Host> ours = lab.lab().nodes();
        List<Host> theirs = List.of(lab.lab().addHost("k1", 40), lab.lab().addHost("k2", 41));
        Keepalived keepalived = Keepalived.configuration().interval("0.5").addresses(THEIR_VIP + "/32");
        try (VipWatch theirVip = VipWatch.start(THEIR_VIP, theirs)) {
            Daemon k1 = keepalived.start(theirs.get(0), priority + 5);
            keepalived.start(theirs.get(1), priority);
            Await.until(
                    "k1 holds its VIP", AWAIT_TIMEOUT, () -> theirVip.holders().equals(theirs.subList(0, 1)));

            Path file = ClusterText.of(ours).router().write(lab);
            Daemon agent = lab.start(ours.get(0), file);
            lab.start(ours.get(1), file);
            lab.awaitHolder(ours.get(0));
            Await.until(
                    "many adverts of theirs were counted",
                    AWAIT_TIMEOUT,
                    () -> conflictWith(theirs.get(0), ours.get(0))
                            .map(conflict -> conflict.path("count").asLong())
                            .filter(count -> count > 10)
                            .isPresent());
            JsonNode conflict = conflictWith(theirs.get(0), ours.get(0)).orElseThrow();
            assertThat(conflict.path("virtualRouterId").asInt()).isEqualTo(51);
            assertThat(conflict.path("addresses")).extracting(JsonNode::asText).containsExactly(THEIR_VIP);
            assertThat(agent.log()
                            .lines()
                            .filter(line -> line.contains(theirs.get(0).ipv4())))
                    .hasSize(1);

            agent.stop();
            lab.awaitHolder(ours.get(1));
            // Their backup may take the VIP too for a moment: keepalived 2.2.7 does that beside any such group.
            assertThat(theirVip.history()).anyMatch(t -> t.host() == theirs.get(0) && t.lasts());
            k1.stop();
            Await.until(
                    "k2 holds their VIP",
                    AWAIT_TIMEOUT,
                    () -> theirVip.holders().equals(theirs.subList(1, 2)));
            assertThat(lab.vip().holders()).containsExactly(ours.get(1));
        }
    }

    private Optional<JsonNode> conflictWith(Host stranger, Host our) {
        for (JsonNode conflict : lab.router(our).path("conflicts")) {
            if (conflict.path("source").asText().equals(stranger.ipv4())) {
                return Optional.of(conflict);
            }
        }
        return Optional.empty();
    }
}
