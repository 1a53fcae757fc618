package io.jenkins.plugins.baton.agent.it;

import static io.jenkins.plugins.baton.agent.it.AgentLab.AWAIT_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.VipWatch.Tenure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An agent and the real keepalived in one group: m1 runs the agent, m2 keepalived. */
class KeepalivedInteropIT {
    @RegisterExtension
    final AgentLab lab = AgentLab.withNodes(2);

    private Host m1;
    private Host m2;

    @BeforeEach
    void hosts() {
        m1 = lab.host("m1");
        m2 = lab.host("m2");
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource
    void agentOfHigherPriorityTakesOverFromKeepalivedAndGivesBackWhenItStops(Dialect dialect) {
        lab.watch(dialect.address(), List.of(m1, m2));
        Daemon keepalived = dialect.keepalived(m1, m2).start(m2, 100);
        lab.awaitHolder(m2);

        Path file = dialect.cluster(m1, m2, "").write(lab);
        Daemon agent = lab.start(m1, file);
        lab.awaitHolder(m1);
        keepalived.awaitLog("with higher priority 110, ours 100", AWAIT_TIMEOUT);
        assertThat(lab.router(m1).path("holder").asText()).isEqualTo("m1");
        assertNothingDropped();

        agent.stop();
        keepalived.awaitLog("priority 0 advertisement", AWAIT_TIMEOUT);
        lab.awaitHolder(m2);

        lab.start(m1, file);
        lab.awaitHolder(m1);
        lab.awaitState(m1, "MASTER");
        keepalived.kill();
        dialect.keepalived(m1, m2).start(m2, 100).awaitLog("Entering BACKUP STATE", AWAIT_TIMEOUT);
        assertThat(lab.vip().holders()).containsExactly(m1);

        assertNothingDropped();
        assertKeepalivedNeverComplained();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource
    void agentOfLowerPriorityYieldsToKeepalivedAndTakesOverWhenItStops(Dialect dialect) {
        lab.watch(dialect.address(), List.of(m1, m2));
        lab.start(m1, dialect.cluster(m2, m1, "").write(lab));
        lab.awaitHolder(m1);

        Daemon keepalived = dialect.keepalived(m1, m2).start(m2, 110);
        lab.awaitHolder(m2);
        lab.awaitState(m1, "BACKUP");
        assertThat(lab.router(m1).path("holder").asText()).isEqualTo("m2");

        keepalived.stop();
        lab.awaitHolder(m1);
        keepalived = dialect.keepalived(m1, m2).start(m2, 110);
        lab.awaitHolder(m2);
        keepalived.kill();
        lab.awaitState(m1, "MASTER");

        assertNothingDropped();
        assertKeepalivedNeverComplained();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource(names = {"VERSION_2_WITH_PASSWORD", "VERSION_3"})
    void agentThatMustNotPreemptLeavesTheVipWithKeepalived(Dialect dialect) {
        Daemon keepalived = dialect.keepalived(m1, m2).start(m2, 100);
        lab.awaitHolder(m2);

        lab.start(m1, dialect.cluster(m1, m2, ", preempt: false").write(lab));
        lab.awaitState(m1, "BACKUP");
        long adverts = lab.router(m1).path("advertsReceived").asLong();
        Await.until(
                "more adverts have come",
                AWAIT_TIMEOUT,
                () -> lab.router(m1).path("advertsReceived").asLong() > adverts + 3);
        assertThat(lab.vip().history()).extracting(Tenure::host).containsOnly(m2);

        keepalived.stop();
        lab.awaitHolder(m1);
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource(names = {"VERSION_2_WITH_PASSWORD", "VERSION_3"})
    void keepalivedThatMustNotPreemptLeavesTheVipWithTheAgent(Dialect dialect) {
        Daemon agent = lab.start(m1, dialect.cluster(m2, m1, "").write(lab));
        lab.awaitHolder(m1);

        Daemon keepalived = dialect.keepalived(m1, m2).preempt(false).start(m2, 110);
        keepalived.awaitLog("Entering BACKUP STATE", AWAIT_TIMEOUT);
        Await.pause(Duration.ofSeconds(4));
        assertThat(lab.vip().history()).extracting(Tenure::host).containsOnly(m1);

        agent.stop();
        lab.awaitHolder(m2);
    }

    private void assertNothingDropped() {
        JsonNode router = lab.router(m1);
        assertThat(router.path("droppedAdverts")).allMatch(count -> count.asLong() == 0);
        assertThat(router.path("conflicts")).isEmpty();
    }

    private void assertKeepalivedNeverComplained() {
        List<String> complaints = lab.lab().daemons().stream()
                .filter(d -> d.name().endsWith("keepalived"))
                .flatMap(d -> d.log().lines())
                .filter(line -> line.matches(
                        "(?i).*(bogus|invalid|mismatch|incorrect|checksum|unexpected|dropp|ignor|not present).*"))
                .toList();
        assertThat(complaints).isEmpty();
    }
}
