package io.jenkins.plugins.baton.agent.linux.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BootClockTest {

    @Test
    void clockIsTheUptimeOfTheMachine() throws Exception {
        double before = uptime();
        double now = BootClock.nanoTime() / 1e9;
        double after = uptime();

        assertThat(now).isBetween(before, after + 0.02); // /proc/uptime is cut to hundredths
    }

    private static double uptime() throws Exception {
        return Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
    }
}
