package io.jenkins.plugins.baton.agent.it;

import static io.jenkins.plugins.baton.agent.it.AgentLab.AWAIT_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.VipWatch.Tenure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ElectionIT {
    /** Starts in the regular test; `make faults` asks for more. */
    private static final int STARTS = Integer.getInteger("baton.rounds", 5);

    /**
     * A start counts when all three agents began to listen within this time; a busy machine may need longer. The second one gives
     * the first a second, the third one gives it two.
     */
    private static final Duration TOGETHER = Duration.ofMillis(800);

    @RegisterExtension
    final AgentLab lab = AgentLab.withNodes(3);

    @Test
    void threeAgentsStartedTogetherElectOneMasterWithoutASecondTransition() {
        Path file = ClusterText.of(lab.lab().nodes()).router("preempt: true").write(lab);
        int counted = 0;
        for (int start = 1; counted < STARTS && start < 5 * STARTS; start++) {
            long begin = System.nanoTime();
            List<Daemon> agents = new ArrayList<>();
            for (Host node : lab.lab().nodes()) {
                agents.add(lab.start(node, file));
            }
            lab.awaitHolder(lab.host("m1"));
            lab.lab().nodes().forEach(lab::awaitReady);
            Await.pause(Duration.ofSeconds(1));

            List<Instant> listening = agents.stream()
                    .map(a -> firstTransition(a, "INITIALIZE -> BACKUP"))
                    .toList();
            Duration apart = Duration.between(Collections.min(listening), Collections.max(listening));
            Duration election =
                    Duration.between(Collections.max(listening), firstTransition(agents.get(0), "BACKUP -> MASTER"));
            List<Tenure> tenures = lab.vip().since(begin);
            String story =
                    "start %d: agents %d ms apart, stalls %d, m1 is MASTER %d ms after the last began to listen, VIP %s"
                            .formatted(
                                    start,
                                    apart.toMillis(),
                                    stalls(),
                                    election.toMillis(),
                                    tenures.stream().map(t -> t.host().name()).toList());
            System.out.println(story);
            if (apart.compareTo(TOGETHER) < 0 && stalls() == 0) {
                counted++;
                assertThat(tenures).as(story).extracting(Tenure::host).containsExactly(lab.host("m1"));
                assertThat(election).as(story).isLessThan(Duration.ofSeconds(1));
            }
            agents.forEach(Daemon::close);
            Await.until(
                    "the VIP is gone", AWAIT_TIMEOUT, () -> lab.vip().holders().isEmpty());
        }
        assumeThat(counted).as("starts that were together on this machine").isPositive();
    }

    private static Instant firstTransition(Daemon agent, String transition) {
        String told = "virtual router kube-master: " + transition;
        return agent.awaitLog(told, AWAIT_TIMEOUT)
                .log()
                .lines()
                .filter(line -> line.contains(told))
                .map(line -> Instant.parse(line.substring(0, line.indexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    /** How often an agent's real-time thread stood still: then it was not the agents that decided. */
    private long stalls() {
        return lab.lab().nodes().stream()
                .mapToLong(node -> lab.status(node).at("/agent/stalls").asLong())
                .sum();
    }
}
