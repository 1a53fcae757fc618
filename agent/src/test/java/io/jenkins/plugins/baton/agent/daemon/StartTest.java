package io.jenkins.plugins.baton.agent.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that fails leaves nothing behind and says what to do. */
class StartTest {
    @TempDir
    Path folder;

    @Test
    void aTakenJmxPortIsNamedAndEverythingIsUndone() throws Exception {
        int port = FreePort.next();
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> new RunningComponents(folder, taken.getLocalPort()))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("jmxPort");
        }
        assertThat(folder).isEmptyDirectory();
        try (RunningComponents agent = new RunningComponents(folder, port)) {
            assertThat(agent.find().node()).isEqualTo("m1");
        }
    }

    @Test
    void aSecondAgentForTheNodeIsRefusedWithThePidOfTheFirst() throws Exception {
        try (RunningComponents first = new RunningComponents(folder)) {
            assertThatThrownBy(() -> new RunningComponents(folder))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("An agent for node m1 is running with pid "
                            + ProcessHandle.current().pid());
            assertThat(first.find().node()).isEqualTo("m1");
        }
    }

    @Test
    void filesOfAKilledAgentAreNotInTheWay() throws Exception {
        Files.writeString(folder.resolve("m1.lock"), "pid 1\nnetwork namespace net:[1]\n");
        Files.writeString(folder.resolve("m1.sock"), "");
        try (RunningComponents agent = new RunningComponents(folder)) {
            assertThat(agent.find().node()).isEqualTo("m1");
        }
    }
}
