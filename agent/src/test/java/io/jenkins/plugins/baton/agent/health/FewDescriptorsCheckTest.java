package io.jenkins.plugins.baton.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.Probe;
import io.jenkins.plugins.baton.jmx.Health;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checks of a process whose table of open files is full for a while: in a process of its own, with a small table. */
@Timeout(360)
class FewDescriptorsCheckTest {
    private static final int LIMIT = 256;

    @TempDir
    Path directory;

    /** Ends with status 0 when each check went on after the shortage. */
    static final class Child {
        public static void main(String[] arguments) throws Exception {
            try (CheckBench bench = new CheckBench();
                    HealthWatch http = watch(bench, CheckBench.http(bench.answering("HTTP/1.1 200 OK\r\n\r\n")));
                    HealthWatch tcp = watch(bench, new Probe.Tcp(Optional.of(CheckBench.refusing())))) {
                CheckBench.await(http, status -> status.health() == Health.UP);
                CheckBench.await(tcp, status -> status.health() == Health.DOWN);
                List<InputStream> files = new ArrayList<>();
                CheckBench.await(http, status -> isStarved(status, files));
                CheckBench.await(tcp, status -> isStarved(status, files));
                for (InputStream file : files) {
                    file.close();
                }
                CheckBench.await(http, status -> status.lastResult().equals("HTTP 200"));
                CheckBench.await(tcp, status -> status.lastResult().equals("connection refused"));
            }
            System.exit(0);
        }

        private static HealthWatch watch(CheckBench bench, Probe probe) {
            return bench.monitor.watch(probe, null, CheckBench.QUICK, false, HealthHysteresis.UNKNOWN, change -> {});
        }

        /** Fills the table each time: a check that had begun before gives its descriptor back, to the next one. */
        private static boolean isStarved(CheckStatus status, List<InputStream> files) {
            try {
                while (true) {
                    files.add(Files.newInputStream(Path.of("/dev/null")));
                }
            } catch (IOException e) { // the table is full
                return status.lastResult().startsWith("could not ask");
            }
        }
    }

    @Test
    void checksGoOnAfterAShortageOfFileDescriptors() throws Exception {
        Path output = directory.resolve("output");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process child = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "ulimit -n " + LIMIT + " && exec \"$@\"",
                        "sh",
                        java,
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(child.waitFor(300, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).as(Files.readString(output)).isZero();
        } finally {
            child.destroyForcibly();
        }
    }
}
