package io.jenkins.plugins.baton.fleet.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.fleet.Example;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import io.jenkins.plugins.baton.fleet.status.ContractValues;
import io.jenkins.plugins.baton.jmx.Change;
import io.jenkins.plugins.baton.jmx.State;
import io.jenkins.plugins.baton.jmx.connector.LoopbackConnector;
import io.jenkins.plugins.baton.lab.Command;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole cluster in the JDK's JConsole. */
class JConsoleIT {
    private static final String STRANGER = "65534";

    private final Map<String, TestAgent> agents = new LinkedHashMap<>();
    private Federation federation;
    private LoopbackConnector connector;

    @BeforeEach
    void open() throws Exception {
        ContractValues values = new ContractValues();
        for (String node : Example.NODES) {
            TestAgent agent = new TestAgent(node, Example.cluster().hash(), values);
            agent.role(node.equals("m1") ? State.MASTER : State.BACKUP, "m1");
            agents.put(node, agent);
        }
        federation = Federation.open(Example.cluster(), node -> link(node.name()), Progress.SILENT);
        federation.awaitNodes(Duration.ofSeconds(60));
        connector = federation.serve(0);
    }

    @AfterEach
    void close() {
        connector.close();
        federation.close();
    }

    /** As a handover is: an operation on one node, of which two tell. */
    private AgentLink link(String node) {
        TestAgent agent = agents.get(node);
        return new AgentLink() {
            @Override
            public void watch(Consumer<String> lines) throws SshException {
                agent.watch(lines);
            }

            @Override
            public String operate(List<String> words) {
                String result = agent.operate(words);
                agents.get("m1").tell(change("MASTER", "BACKUP"));
                agents.get("m2").tell(change("BACKUP", "MASTER"));
                return result;
            }
        };
    }

    private static Change change(String before, String after) {
        return new Change(TestAgent.ROUTER, "State", before, after, "a handover", Instant.now());
    }

    @Test
    void allNodesAreInOneTreeAHandoverGoesToItsNodeAndTwoNodesTellOfIt() throws Exception {
        Path screenshot = Path.of("target/jconsole-cluster.png").toAbsolutePath();
        Files.deleteIfExists(screenshot);
        // No limit here: who uses it has limits of its own, for each thing that it waits for.
        Process process = new ProcessBuilder(
                        "xvfb-run",
                        "--auto-servernum",
                        "--server-args=-screen 0 1300x900x24",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-exports",
                        "jdk.jconsole/sun.tools.jconsole=ALL-UNNAMED",
                        "-cp",
                        Path.of(JConsoleMain.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                                .toString(),
                        JConsoleMain.class.getName(),
                        connector.url(),
                        screenshot.toString(),
                        "vip",
                        "m1",
                        "m2")
                .redirectErrorStream(true)
                .start();
        String seen = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(seen).isZero();

        assertThat(seen)
                .contains("tree baton/Cluster\n", "tree baton/m1\n", "tree baton/m2\n", "tree baton/m3\n")
                .contains("answer Method successfully invoked")
                .containsPattern("notified m1 [1-9]")
                .containsPattern("notified m2 [1-9]");
        assertThat(agents.get("m1").operations())
                .containsExactly(List.of("baton:type=VirtualRouter,name=vip", "handOver", "a hand at JConsole"));
        assertThat(screenshot).isNotEmptyFile();
    }

    @Test
    void anotherUserOfTheOperatorsMachineIsRefused() {
        assertThat(handshake()).isEqualTo("answer=N");
        assertThat(handshake("setpriv", "--reuid", STRANGER, "--regid", STRANGER, "--clear-groups"))
                .isEqualTo("answer=");
    }

    private String handshake(String... as) {
        String script = "exec 3<>/dev/tcp/127.0.0.1/" + connector.port()
                + "; printf 'JRMI\\0\\2K' >&3; IFS= read -r -n1 -t 60 -u 3 answer; echo \"answer=$answer\"";
        List<String> command = new ArrayList<>(List.of(as));
        command.addAll(List.of("bash", "-c", script));
        return Command.run(command.toArray(new String[0])).output().strip();
    }
}
