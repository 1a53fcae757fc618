package io.jenkins.plugins.baton.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Probe;
import io.jenkins.plugins.baton.jmx.Health;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class TcpCheckTest {

    @Test
    void handshakeIsEnough() throws Exception {
        try (CheckBench bench = new CheckBench()) {
            CheckStatus status = bench.first(tcp(bench.server(connection -> {})), CheckBench.PATIENT);
            assertThat(status.health()).isEqualTo(Health.UP);
            assertThat(status.lastResult()).isEqualTo("connected");
        }
    }

    @Test
    void refusedConnectIsNamed() throws Exception {
        try (CheckBench bench = new CheckBench()) {
            CheckStatus status = bench.first(tcp(CheckBench.refusing()), CheckBench.PATIENT);
            assertThat(status.health()).isEqualTo(Health.DOWN);
            assertThat(status.lastResult()).isEqualTo("connection refused");
        }
    }

    @Test
    void silenceRunsIntoTheTimeout() throws Exception {
        try (CheckBench bench = new CheckBench();
                BlackHole hole = new BlackHole()) {
            assertThat(bench.first(tcp(hole.endpoint()), CheckBench.QUICK).lastResult())
                    .isEqualTo("timed out after 200 ms while connecting");
        }
    }

    @Test
    void probeWithoutTargetGoesToTheBackend() throws Exception {
        try (CheckBench bench = new CheckBench()) {
            Endpoint backend = bench.server(connection -> {});
            try (HealthWatch watch = bench.monitor.watch(
                    new Probe.Tcp(Optional.empty()),
                    backend,
                    CheckBench.PATIENT,
                    true,
                    HealthHysteresis.UNKNOWN,
                    c -> {})) {
                assertThat(CheckBench.await(watch, s -> s.lastAt().isPresent()).health())
                        .isEqualTo(Health.UP);
            }
        }
    }

    private static Probe tcp(Endpoint target) {
        return new Probe.Tcp(Optional.of(target));
    }
}
