package io.jenkins.plugins.baton.agent.it;

import static io.jenkins.plugins.baton.agent.it.AgentLab.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Plan;
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
    final AgentLab lab = AgentLab.withMasters(1);

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
        assertThat(m1.holds(Plan.VIP)).isFalse();
        assertThat(lab.agent().runtimeDirectory(m1)).isEmptyDirectory();
        assertThat(m1.run("ss", "-Hltn").output()).isBlank();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void vipOfAKilledAgentExpiresAndTheNextAgentStarts() {
        Daemon agent = lab.start(m1, configuration().write(lab));
        lab.awaitHolder(m1);
        agent.kill();
        Await.until("the lease has run out", SOON, () -> !m1.holds(Plan.VIP));

        lab.start(m1, configuration().write(lab));
        lab.awaitHolder(m1);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void agentThatFindsTheVipOfAKilledOneKeepsItAndRemovesItAtItsEnd() {
        lab.start(m1, configuration().write(lab)).kill();
        m1.run("ip", "address", "add", Plan.VIP + "/32", "dev", "eth0").orThrow();
        Daemon agent = lab.start(m1, configuration().write(lab));
        lab.awaitState(m1, "MASTER");

        agent.stop();
        assertThat(m1.holds(Plan.VIP)).isFalse();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void rulesStayForTheNextAgentUntilTheyAreUninstalled() {
        List<String> before = traces();
        Daemon agent = lab.start(m1, configuration().write(lab));
        lab.awaitHolder(m1);
        lab.awaitReady(m1);
        assertThat(lab.run(m1, "uninstall").status()).as("while the agent runs").isEqualTo(1);

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
        assertThat(second.awaitEnd(SOON)).isNotZero();
        assertOneSentence(second, "");
        assertThat(lab.vip().holders()).containsExactly(m1);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void withoutCapabilitiesItSaysWhichAreMissingAndStartsNothing() {
        List<String> command = new ArrayList<>(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"));
        command.addAll(lab.agent().runCommand(m1, configuration().write(lab)));
        Daemon agent = m1.start("agent", command, lab.agent().environment(m1));
        assertThat(agent.awaitEnd(SOON)).isEqualTo(USAGE);
        assertOneSentence(agent, "CAP_NET_");
        assertThat(m1.holds(Plan.VIP)).isFalse();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void withAReadOnlyRunItSaysSoAndStartsNothing() {
        String run = String.join(" ", lab.agent().runCommand(m1, configuration().write(lab)));
        Daemon agent = m1.start("agent",
                List.of("sh", "-c", "mount -t tmpfs -o ro none /run && exec " + run), Map.of());
        assertThat(agent.awaitEnd(SOON)).isEqualTo(USAGE);
        assertOneSentence(agent, "/run/baton");
        assertThat(m1.holds(Plan.VIP)).isFalse();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void invalidFileIsRefusedWithPlaceAndReason() {
        String file = configuration().line("nonsense: 1").write(lab).toString();
        Daemon agent = lab.start(m1, lab.lab().client().directory().resolve("cluster.yaml"));
        assertThat(agent.awaitEnd(SOON)).isEqualTo(USAGE);
        assertOneSentence(agent, file + ":");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void missingInterfaceIsNamed() {
        Daemon agent = lab.start(
                m1, ClusterText.of(m1).line("""
                        virtualRouters:
                          - {name: r, virtualRouterId: 51, interface: eth7, addresses: [10.86.13.36/32]}""").write(lab));
        assertThat(agent.awaitEnd(SOON)).isEqualTo(USAGE);
        assertOneSentence(agent, "eth7");
    }

    private static void assertOneSentence(Daemon agent, String about) {
        assertThat(agent.log()).contains(about).doesNotContain("Exception").doesNotContain("\tat ");
        assertThat(agent.log().lines()).hasSizeBetween(1, 4);
    }

    private ClusterText configuration() {
        return ClusterText.of(lab.host("m1")).router().frontend();
    }
}
