package io.jenkins.plugins.baton.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.experiment.AgentTestbed;
import io.jenkins.plugins.baton.lab.experiment.ClusterTestbed;
import io.jenkins.plugins.baton.lab.experiment.Variant;
import io.jenkins.plugins.baton.lab.experiment.Variant.Plane;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.probe.Impact;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents of two versions side by side, and from one to the other and back, under load. */
@Timeout(600)
class UpgradeIT {
    private static final Path PRESENT = Path.of("target/baton-agent");
    private static final String OTHER_VERSION = "0.0.9-earlier";

    @TempDir
    Path folder;

    @Test
    void clientsLoseNothingOnTheWayToAnotherVersionAndBack() throws Exception {
        Agent present = new Agent(PRESENT);
        Agent other = new Agent(ofVersion(OTHER_VERSION));
        try (AgentTestbed testbed = new AgentTestbed(present, new Variant(Plane.KERNEL, false, "500ms"));
                Client client = testbed.client()) {
            long begin = System.nanoTime();
            for (Agent to : List.of(other, present)) {
                // The holder last, as a deployment does it.
                List<Host> order = new ArrayList<>(testbed.nodes());
                Collections.reverse(order);
                for (Host node : order) {
                    testbed.upgrade(node, to);
                    testbed.awaitServing();
                    assertThat(testbed.ask(node, "status json"))
                            .contains("\"version\":\"" + (to == other ? OTHER_VERSION : presentVersion()) + "\"");
                    everyoneIsConnected(testbed);
                }
                testbed.awaitHome();
                ClusterTestbed.awaitQuiet(client);
            }
            Impact impact = client.since(begin);
            if (impact.failed() > 0 || impact.lostSessions() > 0) {
                System.out.println(testbed.logs());
            }
            assertThat(impact.failures()).isEmpty();
            assertThat(impact.lost()).isEmpty();
        }
    }

    private static String presentVersion() throws IOException {
        try (FileSystem jar = FileSystems.newFileSystem(jar(PRESENT))) {
            return Files.readString(jar.getPath("baton-agent.properties"))
                    .strip()
                    .substring("version=".length());
        }
    }

    /** Both versions understand each other over the peer link. */
    private static void everyoneIsConnected(AgentTestbed testbed) {
        for (Host node : testbed.nodes()) {
            Await.until(node + " is connected with all peers", ClusterTestbed.AWAIT_TIMEOUT, () -> {
                String status = testbed.ask(node, "status json");
                return testbed.nodes().stream()
                        .filter(peer -> peer != node)
                        .allMatch(peer -> status.matches("(?s).*\"connectedPeers\":\\[[^\\]]*\"" + peer + "\".*"));
            });
        }
    }

    /** The same agent that says it is of another version. Its class archive is not that of its jar any more, so it goes without. */
    private Path ofVersion(String version) throws IOException {
        Path copy = folder.resolve("baton-agent");
        try (Stream<Path> files = Files.walk(PRESENT)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(PRESENT.relativize(file).toString());
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        try (FileSystem jar = FileSystems.newFileSystem(jar(copy))) {
            Files.writeString(jar.getPath("baton-agent.properties"), "version=" + version + "\n");
        }
        return copy;
    }

    private static Path jar(Path distribution) throws IOException {
        try (Stream<Path> files = Files.list(distribution.resolve("lib"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("baton-agent-"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
