package io.jenkins.plugins.baton.agent.it;

import static io.jenkins.plugins.baton.agent.it.AgentLab.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.VipWatch.Tenure;
import io.jenkins.plugins.baton.lab.fault.BatonStack;
import io.jenkins.plugins.baton.lab.fault.Fault;
import io.jenkins.plugins.baton.lab.fault.Incident;
import io.jenkins.plugins.baton.lab.fault.Incident.Outcome;
import io.jenkins.plugins.baton.lab.fault.Stage;
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
    final AgentLab lab = AgentLab.withMasters(3);

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource
    void aFaultIsSurvivedAndWhenItIsPutRightAllIsAsBefore(Fault fault) {
        Path file = ClusterText.of(lab.lab().masters()).router().frontend().write(lab);
        try (Stage stage = new Stage(lab.lab(), new BatonStack(lab.agent(), file))) {
            stage.startStack();
            stage.startClient();
            for (int round = 1; round <= ROUNDS; round++) {
                Incident incident = stage.begin(fault);
                Outcome outcome = incident.observe();
                System.out.println("measured: " + outcome);

                if (fault.movesVip()) {
                    assertThat(outcome.takeover()).hasValueSatisfying(t -> assertThat(t.by()).isEqualTo(lab.host("m2")));
                } else {
                    assertThat(outcome.takeover()).isEmpty();
                }
                if (fault.movesVip() && fault != Fault.PARTITION) {
                    assertThat(outcome.vipOffVictim()).isPresent();
                }
                incident.revert();
                assertThat(stage.vip().holders()).containsExactly(lab.host("m1"));
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aFrozenMasterThatIsThawedStaysBackupAndNeverTouchesTheVip() {
        List<Host> masters = lab.lab().masters();
        Path file = ClusterText.of(masters).router("advertisementInterval: 1s, preempt: false").write(lab);
        Daemon agent = lab.start(masters.get(0), file);
        lab.awaitHolder(masters.get(0));
        lab.start(masters.get(1), file);
        lab.awaitState(masters.get(1), "BACKUP");

        agent.freeze();
        Await.until("the lease ran out and m2 took over", SOON,
                () -> lab.vip().holders().equals(masters.subList(1, 2)));
        long thawed = System.nanoTime();
        agent.thaw();
        lab.awaitState(masters.get(0), "BACKUP");
        Await.pause(Duration.ofSeconds(2));

        assertThat(lab.vip().since(thawed)).isEmpty();
        assertThat(lab.vip().holders()).containsExactly(masters.get(1));
        assertThat(lab.vip().history()).extracting(Tenure::host).containsExactly(masters.get(0), masters.get(1));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void anInterfaceThatIsSwitchedOffIsFaultAndComesBack() {
        List<Host> masters = lab.lab().masters();
        Path file = ClusterText.of(masters).router().write(lab);
        masters.forEach(master -> lab.start(master, file));
        lab.awaitHolder(masters.get(0));

        masters.get(0).interfaceDown();
        lab.awaitState(masters.get(0), "FAULT");
        lab.awaitHolder(masters.get(1));
        masters.get(0).interfaceUp();
        lab.awaitHolder(masters.get(0));
    }
}
