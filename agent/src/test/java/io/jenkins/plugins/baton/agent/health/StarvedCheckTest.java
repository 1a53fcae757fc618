package io.jenkins.plugins.baton.agent.health;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Timing;
import io.jenkins.plugins.baton.jmx.Health;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StarvedCheckTest {
    private static final Timing TIMING =
            new Timing(Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofMillis(500), 1, 1);

    @Test
    void checkWhoseLoopWasLateIsNotAskedAndTheNextOneJudges() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (CheckBench bench = new CheckBench()) {
            Endpoint silent = bench.server(connection -> {
                asked.countDown();
                connection.getInputStream().readAllBytes();
            });
            Endpoint healthy = bench.server(connection -> {
                connection.getInputStream().read(new byte[4096]);
                asked.await();
                connection.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(UTF_8));
                connection.getInputStream().readAllBytes();
            });
            try (HealthWatch watch = bench.monitor.watch(
                            CheckBench.http(silent),
                            null,
                            TIMING,
                            true,
                            new HealthHysteresis(Health.UP, 0, 1),
                            change -> {});
                    HealthWatch blocking = bench.monitor.watch(
                            CheckBench.http(healthy),
                            null,
                            CheckBench.PATIENT,
                            true,
                            HealthHysteresis.UNKNOWN,
                            change -> CheckBench.sleep(3000))) {
                CheckStatus spoilt =
                        CheckBench.await(watch, status -> status.lastAt().isPresent());
                assertThat(spoilt.lastResult()).startsWith("could not ask: this node was short of time for it, by ");
                assertThat(spoilt.health()).isEqualTo(Health.UP);
                assertThat(blocking.status().health()).isEqualTo(Health.UP);

                CheckStatus judged = CheckBench.await(watch, status -> status.health() == Health.DOWN);
                assertThat(judged.lastResult()).isEqualTo("timed out after 500 ms while waiting for the answer");
            }
        }
    }
}
