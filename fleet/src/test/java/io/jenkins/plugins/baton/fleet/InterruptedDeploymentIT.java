package io.jenkins.plugins.baton.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.systemd.Operator;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever ends a deployment early, the node in its turn is put back, nothing waits on a node, and it is said what is where. */
class InterruptedDeploymentIT {
    private static final Path PROGRAM = Path.of("target/baton/bin/baton");
    private static final String TURN = ": reads the new cluster file";

    private static SystemdLab lab;
    private static Operator operator;

    @TempDir
    Path folder;

    @BeforeAll
    static void boot() throws IOException {
        lab = SystemdLab.start("cutit", Path.of("/var/tmp/baton-interrupted-it"));
        operator = new Operator(lab, PROGRAM);
    }

    @AfterAll
    static void remove() throws IOException {
        if (lab != null) {
            lab.close();
        }
    }

    @BeforeEach
    void deploy() {
        Operator.Result deploy = operator.baton("deploy");
        assertThat(deploy.code()).as(deploy.text()).isZero();
    }

    private Path another(String name) throws IOException {
        return Files.writeString(folder.resolve(name), Files.readString(lab.clusterFile()) + "# " + name + "\n");
    }

    /** The nodes whose turns have begun, when the second one's just has. */
    private static List<String> secondTurn(BufferedReader lines) throws IOException {
        List<String> turns = new ArrayList<>();
        while (turns.size() < 2) {
            String line = lines.readLine();
            assertThat(line).as("the second turn begins").isNotNull();
            if (line.contains(TURN)) {
                turns.add(line.substring(0, line.indexOf(':')));
            }
        }
        return turns;
    }

    private static String waiting(List<String> turns) {
        return lab.names().stream()
                .filter(node -> !turns.contains(node))
                .findFirst()
                .orElseThrow();
    }

    private static String hash(Path file) throws IOException {
        return new ProcessBuilder("sha256sum", file.toString())
                .start()
                .inputReader()
                .readLine()
                .split(" ")[0];
    }

    private static void assertDeployed(String node, Path file) throws IOException {
        assertThat(lab.ssh(node, "sha256sum < /etc/baton/cluster.yaml"))
                .as(node)
                .startsWith(hash(file));
        assertThat(lab.ssh(node, "/opt/baton/current/bin/baton-agent status --json"))
                .as(node)
                .contains(hash(file));
    }

    private static void until(String node, String condition) throws InterruptedException {
        long end = System.nanoTime() + 180_000_000_000L;
        while (!lab.ssh(node, condition + " && echo yes; true").contains("yes")) {
            assertThat(System.nanoTime()).as("%s: %s", node, condition).isLessThan(end);
            Thread.sleep(200);
        }
    }

    private static void assertNothingWaits(String node) throws InterruptedException {
        until(node, "[ ! -e /run/baton-fleet.lock ]");
        assertThat(lab.ssh(node, "ls -A /etc/baton /run | grep -E '[.]new|baton-fleet'; true"))
                .as(node)
                .isBlank();
    }

    @Test
    void aKilledOperatorsNodePutsItselfBackAndTheNextOneIsTold() throws Exception {
        Path another = another("killed");
        Process deploy = operator.start(another, "deploy");
        List<String> turns = secondTurn(deploy.inputReader());

        deploy.destroyForcibly().waitFor();

        for (String node : lab.names()) {
            assertNothingWaits(node);
        }
        assertDeployed(turns.get(0), another);
        assertDeployed(turns.get(1), lab.clusterFile());
        assertDeployed(waiting(turns), lab.clusterFile());
        String text = operator.baton("status").text();
        assertThat(text)
                .containsPattern(
                        turns.get(0) + ": the deployment by .* lost its operator .*: this node had had its turn and "
                                + "keeps the new release and cluster file")
                .containsPattern(turns.get(1) + ": .*: this node was in its turn and put itself back")
                .containsPattern(waiting(turns) + ": .*: this node had not had its turn and is as it was");

        Operator.Result next = operator.baton(another, "deploy");
        assertThat(next.code()).as(next.text()).isZero();
        assertThat(next.text()).contains(turns.get(1) + ": warning: the deployment by ");
        assertThat(operator.baton(another, "status").text()).doesNotContain("lost its operator");
    }

    @Test
    void controlCPutsTheNodeInItsTurnBackAndSaysWhatIsWhere() throws Exception {
        Path another = another("interrupted");
        Process deploy = operator.start(another, "deploy");
        BufferedReader lines = deploy.inputReader();
        List<String> turns = secondTurn(lines);

        new ProcessBuilder("kill", "-INT", String.valueOf(deploy.pid())).start().waitFor();
        String text = String.join("\n", lines.lines().toList());

        assertThat(deploy.waitFor()).as(text).isEqualTo(130);
        assertThat(text)
                .contains(
                        turns.get(1) + ": interrupted in its turn: it is put back first",
                        turns.get(1) + ": was rolled back to its previous state",
                        "already changed: " + turns.get(0) + "; the others are as they were")
                .doesNotContain("Exception");
        for (String node : lab.names()) {
            assertNothingWaits(node);
        }
        assertDeployed(turns.get(0), another);
        assertDeployed(turns.get(1), lab.clusterFile());
        assertDeployed(waiting(turns), lab.clusterFile());
        assertThat(operator.baton("status").text()).doesNotContain("lost its operator", "has not ended");
    }

    @Test
    void aFirstDeploymentWhoseOperatorIsKilledLeavesItsNodeBare() throws Exception {
        Operator.Result undeploy = operator.baton("undeploy");
        assertThat(undeploy.code()).as(undeploy.text()).isZero();
        Process deploy = operator.start("deploy");
        BufferedReader lines = deploy.inputReader();
        String node = "";
        while (node.isEmpty()) {
            String line = lines.readLine();
            assertThat(line).as("the first turn begins").isNotNull();
            node = line.contains(": switches to ") ? line.substring(0, line.indexOf(':')) : "";
        }

        deploy.destroyForcibly().waitFor();

        for (String each : lab.names()) {
            until(each, "[ ! -e /run/baton-fleet.lock ]");
            assertThat(lab.ssh(each, "ls -d /opt/baton /etc/baton /run/baton* 2> /dev/null; getent passwd baton; true"))
                    .as(each)
                    .isBlank();
        }
    }
}
