package io.jenkins.plugins.baton.agent.it;

import static io.jenkins.plugins.baton.agent.it.AgentLab.AWAIT_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Backend;
import io.jenkins.plugins.baton.lab.Host;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a person and a program see of an agent, and what the network sees. */
class ManagementIT {
    @RegisterExtension
    final AgentLab lab = AgentLab.withNodes(2);

    @Test
    void besidesTheFrontendOnlyTheLoopbackJmxPortIsOpen() {
        Host m1 = startNode();
        List<String> listening = m1.run("ss", "-Hltn")
                .orThrow()
                .output()
                .lines()
                .map(line -> line.trim().split("\\s+")[3])
                .toList();
        assertThat(listening)
                .hasSize(2)
                .anyMatch(local -> local.matches(".*127\\.0\\.0\\.1]?:9010"))
                .anyMatch(local -> local.endsWith(":" + AddressPlan.FRONTEND_PORT));
    }

    @Test
    void rmiClientOverLoopbackReadsAttributesAndCallsAnOperation() {
        Host m1 = startNode();
        Path classes = Path.of("target/test-classes").toAbsolutePath();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String seen = m1.run(java, "-cp", classes.toString(), RmiClientMain.class.getName(), "9010")
                .orThrow()
                .output();
        assertThat(seen)
                .contains("baton:type=Agent Node=m1")
                .contains("baton:type=VirtualRouter,name=kube-master State=MASTER")
                .contains("baton:type=Frontend,name=kube-apiserver Plane=proxy")
                .contains("baton:type=Backend,frontend=kube-apiserver,name=m1 Weight=7");
        assertThat(lab.status(m1).at("/frontends/0/backends/0/weight").asInt()).isEqualTo(7);
    }

    @Test
    void handoverMovesTheVipToTheNamedNode() {
        Host m1 = startNode();
        Host m2 = lab.host("m2");
        lab.start(m2, configuration());
        lab.awaitState(m2, "BACKUP");

        assertThat(lab.run(m1, "handover", "--to", "m9").status())
                .as("no such node")
                .isEqualTo(2);
        assertThat(lab.run(m1, "handover", "--to", "m2").status()).isZero();
        lab.awaitHolder(m2);
        lab.awaitState(m1, "BACKUP");
    }

    @Test
    void drainedBackendSaysSoUntilItIsEnabled() {
        Backend.start(lab.host("m1"));
        Host m1 = startNode();
        awaitHealth(m1, "UP");
        lab.run(m1, "drain", "m1").orThrow();
        awaitHealth(m1, "DRAIN");
        lab.run(m1, "enable", "m1").orThrow();
        awaitHealth(m1, "UP");
    }

    private void awaitHealth(Host host, String health) {
        Await.until(
                "backend m1 is " + health,
                AWAIT_TIMEOUT,
                () -> lab.status(host)
                        .at("/frontends/0/backends/0/health")
                        .asText()
                        .equals(health));
    }

    private Host startNode() {
        Host m1 = lab.host("m1");
        lab.start(m1, configuration());
        lab.awaitHolder(m1);
        lab.awaitReady(m1);
        return m1;
    }

    private Path configuration() {
        return ClusterText.of(lab.lab().nodes()).router().frontend("proxy").write(lab);
    }
}
