package io.jenkins.plugins.baton.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Probe;
import io.jenkins.plugins.baton.cluster.Timing;
import io.jenkins.plugins.baton.jmx.Health;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class StarvedCheckTest {
    private static final Timing TIMING =
            new Timing(Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofSeconds(2), 1, 1);

    /** More than a check may take in all: three times its timeout. */
    private static final long STANDSTILL_MILLIS = 7000;

    @Test
    void checkWhoseLoopWasLateIsNotAskedAndTheNextOneJudges() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (CheckBench bench = new CheckBench()) {
            Endpoint silent = bench.server(connection -> {
                asked.countDown();
                connection.getInputStream().readAllBytes();
            });
            try (HealthWatch watch = bench.monitor.watch(
                    CheckBench.http(silent), null, TIMING, true, new HealthHysteresis(Health.UP, 0, 1), change -> {})) {
                asked.await();
                try (HealthWatch blocking = bench.monitor.watch(
                        new Probe.Tcp(Optional.of(CheckBench.refusing())),
                        null,
                        CheckBench.PATIENT,
                        true,
                        HealthHysteresis.UNKNOWN,
                        change -> CheckBench.sleep(STANDSTILL_MILLIS))) {
                    CheckStatus spoilt =
                            CheckBench.await(watch, status -> status.lastAt().isPresent());
                    assertThat(spoilt.lastResult())
                            .startsWith("could not ask: this node was short of time for it, by ");
                    assertThat(spoilt.health()).isEqualTo(Health.UP);
                    assertThat(blocking.status().health()).isEqualTo(Health.DOWN);

                    CheckStatus judged = CheckBench.await(watch, status -> status.health() == Health.DOWN);
                    assertThat(judged.lastResult()).isEqualTo("timed out after 2 s while waiting for the answer");
                }
            }
        }
    }
}
