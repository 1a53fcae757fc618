package io.jenkins.plugins.baton.agent.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.management.control.ControlClient;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.lab.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class MaintenanceDutiesTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private void record(Instant until) throws IOException {
        Path fresh = Files.writeString(
                folder.resolve("fresh"), "node b1\nuntil " + until.getEpochSecond() + "\nby a test\n");
        Files.move(fresh, folder.resolve("maintenance"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean isDrained(RunningComponents agent, String backend) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ControlClient.ask(agent.find(), "status json", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return out.toString(StandardCharsets.UTF_8)
                .matches("(?s).*\"name\":\"" + backend + "\"[^}]*\"health\":\"DRAIN\".*");
    }

    @Test
    void anAgentThatStartsInAMaintenanceDrainsThatNodesServersUntilTheRecordIsGone() throws Exception {
        record(Instant.now().plusSeconds(3600));
        try (RunningComponents agent = new RunningComponents(folder)) {
            assertThat(isDrained(agent, "b1")).isTrue();
            assertThat(isDrained(agent, "b2")).isFalse();

            agent.periodicTasks();
            Files.delete(folder.resolve("maintenance"));

            Await.until("it is enabled", LIMIT, () -> !isDrained(agent, "b1"));
        }
    }

    @Test
    void aRunningAgentFollowsTheRecordAndAReloadDoesNotPutTheServersBack() throws Exception {
        try (RunningComponents agent = new RunningComponents(folder)) {
            agent.periodicTasks();
            record(Instant.now().plusSeconds(3600));
            Await.until("it is drained", LIMIT, () -> isDrained(agent, "b1"));

            agent.reload(agent.file("b1", "b2")); // the servers have other ports: to the agent they are new ones

            assertThat(isDrained(agent, "b1")).isTrue();
        }
    }

    @Test
    void aReloadLeavesAloneWhatAnOperatorHasEnabledByHandMeanwhile() throws Exception {
        try (RunningComponents agent = new RunningComponents(folder)) {
            ClusterFile servers = agent.file("b1", "b2");
            agent.reload(servers);
            agent.periodicTasks();
            record(Instant.now().plusSeconds(3600));
            Await.until("it is drained", LIMIT, () -> isDrained(agent, "b1"));
            ControlClient.ask(agent.find(), "enable b1", new ByteArrayOutputStream());

            agent.reload(servers);
            assertThat(isDrained(agent, "b1")).isFalse();

            agent.reload(agent.file("b1", "b2"));
            assertThat(isDrained(agent, "b1")).as("the new one").isTrue();
        }
    }

    @Test
    void aRecordThatHasRunOutIsNotHeeded() throws Exception {
        record(Instant.now().minusSeconds(1));
        try (RunningComponents agent = new RunningComponents(folder)) {
            assertThat(isDrained(agent, "b1")).isFalse();
        }
    }
}
