package io.jenkins.plugins.baton.agent.linux.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import io.jenkins.plugins.baton.agent.linux.libc.Capability;
import io.jenkins.plugins.baton.lab.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RealTimeIT {
    private static final String FIFO = "1";
    private static final String OTHER = "0";

    @Test
    void onlyTheCallingThreadBecomesARealTimeThread() throws Exception {
        inThread(() -> {
            RealTime.scheduleFifo(20);

            assertThat(policy()).isEqualTo(FIFO);
            inThread(() -> assertThat(policy()).isEqualTo(OTHER));
        });
        assertThat(policy()).isEqualTo(OTHER);
    }

    @Test
    void programsThatARealTimeThreadStartsAreOrdinaryOnes() throws Exception {
        inThread(() -> {
            RealTime.scheduleFifo(20);

            assertThat(Command.run("awk", "{ print $41 }", "/proc/self/stat")
                            .output()
                            .strip())
                    .isEqualTo(OTHER);
        });
    }

    @Test
    void impossiblePriorityIsRefused() {
        assertThatThrownBy(() -> RealTime.scheduleFifo(100))
                .hasMessage("schedule this thread as SCHED_FIFO 100: EINVAL (invalid argument)");
    }

    @Test
    void timerSlackIsThatOfTheThread() throws Exception {
        inThread(() -> {
            RealTime.setTimerSlack(Duration.ofNanos(1000));

            Path own = Path.of(
                    "/proc",
                    Path.of("/proc/thread-self").toRealPath().getFileName().toString());
            assertThat(Files.readString(own.resolve("timerslack_ns")).strip()).isEqualTo("1000");
        });
    }

    @Test
    void memoryIsLockedWithoutBecomingResident() throws Exception {
        long before = statusKilobytes("VmRSS");

        RealTime.lockMemory();

        assertThat(statusKilobytes("VmLck")).isGreaterThan(before);
        assertThat(statusKilobytes("VmRSS")).isLessThan(before + 100_000);
    }

    @Test
    void rootHasAllCapabilitiesThatTheAgentUses() throws Exception {
        assertThat(Privileges.effective()).containsExactlyInAnyOrder(Capability.values());
    }

    /** The 41st field of proc(5)'s stat, counted behind the name, which may have blanks. */
    private static String policy() throws Exception {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[41 - 3];
    }

    private static long statusKilobytes(String key) throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(key + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static void inThread(NamespaceThread.Task task) throws Exception {
        Throwable[] failure = new Throwable[1];
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (Throwable e) {
                failure[0] = e;
            }
        });
        thread.start();
        thread.join();
        if (failure[0] != null) {
            throw new AssertionError(failure[0]);
        }
    }
}
