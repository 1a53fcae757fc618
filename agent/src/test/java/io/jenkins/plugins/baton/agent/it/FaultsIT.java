package io.jenkins.plugins.baton.agent.it;

import static io.jenkins.plugins.baton.agent.it.AgentLab.AWAIT_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.VipWatch.Tenure;
import io.jenkins.plugins.baton.lab.fault.BatonStack;
import io.jenkins.plugins.baton.lab.fault.Fault;
import io.jenkins.plugins.baton.lab.fault.FaultTestbed;
import io.jenkins.plugins.baton.lab.fault.Incident;
import io.jenkins.plugins.baton.lab.fault.Incident.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The faults of the demo, and what must hold after each. */
class FaultsIT {
    private static final int ROUNDS = Math.max(1, Integer.getInteger("baton.rounds", 1) / 4);

    @RegisterExtension
    final AgentLab lab = AgentLab.withNodes(3);

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource
    void aFaultIsSurvivedAndWhenItIsPutRightAllIsAsBefore(Fault fault) {
        Path file = ClusterText.of(lab.lab().nodes()).router().frontend().write(lab);
        try (FaultTestbed testbed = new FaultTestbed(lab.lab(), new BatonStack(lab.agent(), file))) {
            testbed.startStack();
            testbed.startClient();
            for (int round = 1; round <= ROUNDS; round++) {
                Incident incident = testbed.begin(fault);
                Outcome outcome = incident.observe();
                System.out.println("measured: " + outcome);

                if (fault.movesVip()) {
                    assertThat(outcome.takeover())
                            .hasValueSatisfying(t -> assertThat(t.by()).isEqualTo(lab.host("m2")));
                } else {
                    assertThat(outcome.takeover()).isEmpty();
                }
                if (fault.movesVip() && fault != Fault.PARTITION) {
                    assertThat(outcome.vipOffVictim()).isPresent();
                }
                incident.revert();
                assertThat(testbed.vip().holders()).containsExactly(lab.host("m1"));
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aFrozenMasterThatIsThawedStaysBackupAndNeverTouchesTheVip() {
        List<Host> nodes = lab.lab().nodes();
        Path file = ClusterText.of(nodes)
                .router("advertisementInterval: 1s, preempt: false")
                .write(lab);
        Daemon agent = lab.start(nodes.get(0), file);
        lab.awaitHolder(nodes.get(0));
        lab.start(nodes.get(1), file);
        lab.awaitState(nodes.get(1), "BACKUP");

        agent.freeze();
        Await.until(
                "the lease ran out and m2 took over",
                AWAIT_TIMEOUT,
                () -> lab.vip().holders().equals(nodes.subList(1, 2)));
        long thawed = System.nanoTime();
        agent.thaw();
        lab.awaitState(nodes.get(0), "BACKUP");
        Await.pause(Duration.ofSeconds(2));

        assertThat(lab.vip().since(thawed)).isEmpty();
        assertThat(lab.vip().holders()).containsExactly(nodes.get(1));
        assertThat(lab.vip().history()).extracting(Tenure::host).containsExactly(nodes.get(0), nodes.get(1));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void anInterfaceThatIsSwitchedOffIsFaultAndComesBack() {
        List<Host> nodes = lab.lab().nodes();
        Path file = ClusterText.of(nodes).router().write(lab);
        nodes.forEach(node -> lab.start(node, file));
        lab.awaitHolder(nodes.get(0));

        nodes.get(0).interfaceDown();
        lab.awaitState(nodes.get(0), "FAULT");
        lab.awaitHolder(nodes.get(1));
        nodes.get(0).interfaceUp();
        lab.awaitHolder(nodes.get(0));
    }
}
