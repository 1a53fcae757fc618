package io.jenkins.plugins.baton.agent.it;

import static io.jenkins.plugins.baton.agent.it.AgentLab.AWAIT_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Moves of which the holder knows: the next one takes over because it is asked to, and not because nobody is there. */
class PlannedMovesIT {
    @RegisterExtension
    final AgentLab lab = AgentLab.withNodes(2);

    private Host m1;
    private Host m2;

    @BeforeEach
    void hosts() {
        m1 = lab.host("m1");
        m2 = lab.host("m2");
    }

    @Test
    void stoppedAgentGivesTheAddressesAwayAndTakesThemBackWhenItReturns() {
        Daemon first = start("advertisementInterval: 1s");
        first.terminate();
        lab.awaitState(m2, "MASTER");
        assertThat(reason(m2)).isEqualTo("m1 handed over");

        first.awaitEnd(AWAIT_TIMEOUT);
        lab.awaitHolder(m2);
        lab.start(m1, file("advertisementInterval: 1s"));
        lab.awaitHolder(m1);
        assertThat(reason(m1)).startsWith("preempts m2 (priority 100");
    }

    @Test
    void handoverWithoutANameAsksTheNextInLine() {
        start("advertisementInterval: 1s");
        lab.run(m1, "handover").orThrow();
        lab.awaitHolder(m2);

        assertThat(reason(m2)).isEqualTo("m1 handed over");
        assertThat(reason(m1)).contains("handed over: ");
    }

    @Test
    void inAUnicastGroupThoseAreAskedThatAreConnected() {
        start("advertisementInterval: 1s, unicast: true");
        Await.until(
                "m2 is connected",
                AWAIT_TIMEOUT,
                () -> lab.status(m1).at("/agent/connectedPeers/0").asText().equals("m2"));
        lab.run(m1, "handover").orThrow();
        lab.awaitHolder(m2);

        assertThat(reason(m2)).isEqualTo("m1 handed over");
    }

    private Daemon start(String options) {
        Daemon first = lab.start(m1, file(options));
        lab.start(m2, file(options));
        lab.awaitHolder(m1);
        lab.awaitState(m2, "BACKUP");
        Await.until(
                "m2 follows m1",
                AWAIT_TIMEOUT,
                () -> lab.router(m2).path("holder").asText().equals("m1"));
        return first;
    }

    private Path file(String options) {
        return ClusterText.of(List.of(m1, m2)).router(options).write(lab);
    }

    private String reason(Host host) {
        return lab.router(host).path("stateReason").asText();
    }
}
