package io.jenkins.plugins.baton.agent.it;

import static io.jenkins.plugins.baton.agent.it.AgentLab.AWAIT_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.VipWatch.Tenure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A node that could not hold the VIP, and can again. */
class RecoveryIT {
    @RegisterExtension
    final AgentLab lab = AgentLab.withNodes(3);

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
