package io.jenkins.plugins.baton.agent.it;

import static io.jenkins.plugins.baton.agent.it.AgentLab.AWAIT_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Haproxy;
import io.jenkins.plugins.baton.lab.Host;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** However the agent ends, and whatever keeps it from starting: one sentence, and nothing left behind. */
class ExitPathsIT {
    private static final int USAGE = 2;

    @RegisterExtension
    final AgentLab lab = AgentLab.withNodes(1);

    private Host m1;

    @BeforeEach
    void host() {
        m1 = lab.host("m1");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void stoppedAgentLeavesNoAddressAndNoFile() {
        Daemon agent = lab.start(m1, configuration().write(lab));
        lab.awaitHolder(m1);
        lab.awaitReady(m1);

        assertThat(agent.stop()).isZero();
        assertThat(m1.holds(AddressPlan.VIP)).isFalse();
        assertThat(lab.agent().runtimeDirectory(m1)).isEmptyDirectory();
        assertThat(m1.run("ss", "-Hltn").output()).isBlank();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void vipOfAKilledAgentExpiresAndTheNextAgentStarts() {
        Daemon agent = lab.start(m1, configuration().write(lab));
        lab.awaitHolder(m1);
        agent.kill();
        Await.until("the lease has run out", AWAIT_TIMEOUT, () -> !m1.holds(AddressPlan.VIP));

        lab.start(m1, configuration().write(lab));
        lab.awaitHolder(m1);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void agentThatFindsTheVipOfAKilledOneKeepsItAndRemovesItAtItsEnd() {
        lab.start(m1, configuration().write(lab)).kill();
        m1.run("ip", "address", "add", AddressPlan.VIP + "/32", "dev", "eth0").orThrow();
        Daemon agent = lab.start(m1, configuration().write(lab));
        lab.awaitState(m1, "MASTER");

        agent.stop();
        assertThat(m1.holds(AddressPlan.VIP)).isFalse();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void rulesStayForTheNextAgentUntilTheyAreUninstalled() {
        List<String> before = traces();
        Daemon agent = lab.start(m1, configuration().write(lab));
        lab.awaitHolder(m1);
        lab.awaitReady(m1);
        assertThat(lab.run(m1, "uninstall").status()).as("while the agent runs").isEqualTo(1);

        Await.until(
                "the rules are there",
                AWAIT_TIMEOUT,
                () -> m1.run("nft", "list", "tables").output().contains("table ip baton"));
        agent.stop();
        assertThat(m1.run("nft", "list", "tables").output()).contains("table ip baton");

        assertThat(lab.run(m1, "uninstall").orThrow().output()).contains("removed");
        assertThat(traces()).isEqualTo(before);
        assertThat(lab.run(m1, "uninstall").orThrow().output()).contains("nothing");
    }

    private List<String> traces() {
        return List.of(
                m1.run("nft", "list", "ruleset").output(),
                m1.run("sysctl", "-a", "--pattern", "^net.*arp").output(),
                m1.run("ip", "-o", "address").output().replaceAll("valid_lft.*", ""));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void secondAgentOnAHostIsRefused() {
        lab.start(m1, configuration().write(lab));
        lab.awaitHolder(m1);
        lab.awaitReady(m1);

        Daemon second = lab.start(m1, configuration().write(lab));
        assertThat(second.awaitEnd(AWAIT_TIMEOUT)).isNotZero();
        assertOneSentence(second, "");
        assertThat(lab.vip().holders()).containsExactly(m1);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void withoutCapabilitiesItSaysWhichAreMissingAndStartsNothing() {
        List<String> command = new ArrayList<>(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"));
        command.addAll(lab.agent().runCommand(m1, configuration().write(lab)));
        Daemon agent = m1.start("agent", command, lab.agent().environment(m1));
        assertThat(agent.awaitEnd(AWAIT_TIMEOUT)).isEqualTo(USAGE);
        assertOneSentence(agent, "CAP_NET_");
        assertThat(m1.holds(AddressPlan.VIP)).isFalse();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void withAReadOnlyRunItSaysSoAndStartsNothing() {
        String run = String.join(" ", lab.agent().runCommand(m1, configuration().write(lab)));
        Daemon agent =
                m1.start("agent", List.of("sh", "-c", "mount -t tmpfs -o ro none /run && exec " + run), Map.of());
        assertThat(agent.awaitEnd(AWAIT_TIMEOUT)).isEqualTo(USAGE);
        assertOneSentence(agent, "/run/baton");
        assertThat(m1.holds(AddressPlan.VIP)).isFalse();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void invalidFileIsRefusedWithPlaceAndReason() {
        String file = configuration().line("nonsense: 1").write(lab).toString();
        Daemon agent = lab.start(m1, lab.lab().client().directory().resolve("cluster.yaml"));
        assertThat(agent.awaitEnd(AWAIT_TIMEOUT)).isEqualTo(USAGE);
        assertOneSentence(agent, file + ":");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void agentWaitsForItsInterfaceInFaultAndBeginsWhenItComes() {
        Daemon agent = lab.start(m1, ClusterText.of(m1).router().write(lab, "eth0", "eth7"));
        lab.awaitState(m1, "FAULT");
        assertThat(lab.router(m1).path("stateReason").asText()).isEqualTo("there is no interface eth7");
        agent.awaitLog("there is no interface eth7", AWAIT_TIMEOUT);

        m1.run("ip", "link", "set", "eth0", "name", "eth7").orThrow();
        lab.awaitState(m1, "MASTER");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void agentWaitsForAnAddressThatSaysWhichNodeItIsAndAnswersMeanwhile() {
        m1.run("ip", "address", "del", m1.ipv4() + "/24", "dev", "eth0").orThrow();
        List<String> command =
                new ArrayList<>(lab.agent().runCommand(m1, configuration().write(lab)));
        command.subList(command.indexOf("--node"), command.size()).clear();
        Daemon agent = m1.start("agent", command, lab.agent().environment(m1));
        Await.until(
                "status says what the agent waits for",
                AWAIT_TIMEOUT,
                () -> lab.run(m1, "status").output().contains("The agent waits: this machine has"));
        agent.awaitLog("waiting: this machine has", AWAIT_TIMEOUT);
        assertThat(agent.log()).contains("m1 " + m1.ipv4());

        m1.run("ip", "address", "add", m1.ipv4() + "/24", "dev", "eth0").orThrow();
        lab.awaitHolder(m1);
        lab.awaitState(m1, "MASTER");
        assertThat(lab.status(m1).at("/agent/waitsFor").asText()).isEmpty();
        assertThat(agent.stop()).isZero();
        assertThat(lab.agent().runtimeDirectory(m1)).isEmptyDirectory();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void agentWhoseFrontendsPortIsTakenWaitsUntilItIsFree() {
        Path file = ClusterText.of(m1).router().frontend("proxy").write(lab);
        Daemon other = Haproxy.ofTheGuide().start(m1, List.of(m1));
        Daemon agent = lab.start(m1, file);
        agent.awaitLog("waiting: frontend kube-apiserver cannot listen on", AWAIT_TIMEOUT);
        Await.until(
                "status says what the agent waits for",
                AWAIT_TIMEOUT,
                () -> lab.run(m1, "status")
                        .output()
                        .contains("The agent waits: frontend kube-apiserver cannot listen"));
        assertThat(lab.vip().holders()).isEmpty();

        other.kill();
        lab.awaitHolder(m1);
        assertThat(agent.log().split("waiting: ")).as("said once").hasSize(2);
    }

    private static void assertOneSentence(Daemon agent, String about) {
        assertThat(agent.log()).contains(about).doesNotContain("Exception").doesNotContain("\tat ");
        assertThat(agent.log().lines()).hasSizeBetween(1, 4);
    }

    private ClusterText configuration() {
        return ClusterText.of(lab.host("m1")).router().frontend();
    }
}
