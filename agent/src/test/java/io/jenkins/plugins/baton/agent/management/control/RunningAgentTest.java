package io.jenkins.plugins.baton.agent.management.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.management.ManagementException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningAgentTest {
    @TempDir
    Path folder;

    private final List<ServerSocketChannel> servers = new ArrayList<>();
    private RuntimeDirectory directory;
    private String here;

    @BeforeEach
    void look() throws Exception {
        directory = new RuntimeDirectory(folder);
        here = LockHolder.self().networkNamespace();
    }

    @AfterEach
    void close() throws IOException {
        for (ServerSocketChannel server : servers) {
            server.close();
        }
    }

    @Test
    void theAgentOfThisNetworkNamespaceIsFoundAmongOthers() throws Exception {
        running("m1", "net:[1]");
        running("m2", here);
        running("m3", "net:[3]");
        assertThat(find().node()).isEqualTo("m2");
    }

    @Test
    void anAgentOfAnotherNamespaceIsNotTakenForOurs() throws Exception {
        running("m1", "net:[1]");
        assertThatThrownBy(this::find)
                .isInstanceOf(RunningAgent.NotRunning.class)
                .hasMessageContaining("other network namespaces: m1; name one with --node NODE");
        assertThat(RunningAgent.find(directory, Optional.of("m1")).socket()).isEqualTo(directory.socket("m1"));
    }

    @Test
    void theLeftoverOfAKilledAgentDoesNotHideTheRunningOne() throws Exception {
        killed("m1");
        running("m2", here);
        assertThat(find().node()).isEqualTo("m2");
    }

    @Test
    void aKilledAgentIsNotRunning() throws Exception {
        killed("m1");
        RunningAgent agent = find();
        assertThatThrownBy(agent::connect)
                .isInstanceOf(RunningAgent.NotRunning.class)
                .hasMessageContaining("The agent of node m1 is not running");
    }

    @Test
    void severalAgentsMustBeToldApartByName() throws Exception {
        running("m1", here);
        running("m2", here);
        assertThatThrownBy(this::find).hasMessage("Several agents run here: m1, m2; name one with --node NODE");
    }

    @Test
    void aDirectoryThatIsMissingMeansThatNoAgentRuns() {
        directory = new RuntimeDirectory(folder.resolve("missing"));
        assertThatThrownBy(this::find).isInstanceOf(RunningAgent.NotRunning.class);
    }

    @Test
    void theRuntimeDirectoryIsWhatTheOperatorSaysThenWhatSystemdSaysThenTheDefault() {
        Map<String, String> systemd = Map.of("RUNTIME_DIRECTORY", "/run/one:/run/two");
        assertThat(RuntimeDirectory.locate(Optional.of(folder), systemd).path()).isEqualTo(folder);
        assertThat(RuntimeDirectory.locate(Optional.empty(), systemd).path()).hasToString("/run/one");
        assertThat(RuntimeDirectory.locate(Optional.empty(), Map.of()).path()).hasToString("/run/baton");
    }

    @Test
    void aFileInTheWayOfTheRuntimeDirectoryIsNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> new RuntimeDirectory(file).prepare())
                .isInstanceOf(ManagementException.class)
                .hasMessageContaining(file + " is not a directory");
    }

    private RunningAgent find() throws Exception {
        return RunningAgent.find(directory, Optional.empty());
    }

    private void running(String node, String namespace) throws IOException {
        lock(node, namespace);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        servers.add(server.bind(UnixDomainSocketAddress.of(directory.socket(node))));
    }

    private void killed(String node) throws IOException {
        running(node, here);
        servers.remove(servers.size() - 1).close(); // closing leaves the file, as a kill does
    }

    private void lock(String node, String namespace) throws IOException {
        Files.writeString(directory.lock(node), new LockHolder(1, namespace).text());
    }
}
