package io.jenkins.plugins.baton.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Probe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
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
                    new Probe.Tcp(Optional.empty()), backend, CheckBench.PATIENT, true, Verdict.UNKNOWN, c -> {})) {
                assertThat(CheckBench.await(watch, s -> s.lastAt().isPresent()).health()).isEqualTo(Health.UP);
            }
        }
    }

    private static Probe tcp(Endpoint target) {
        return new Probe.Tcp(Optional.of(target));
    }

    /** A listener that never accepts and whose queue is full: the kernel drops further SYNs. */
    private static final class BlackHole implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<Socket> filling = new ArrayList<>();

        BlackHole() throws IOException {
            for (int i = 0; i < 8; i++) {
                Socket client = new Socket();
                filling.add(client);
                try {
                    client.connect(socket.getLocalSocketAddress(), 100);
                } catch (IOException e) {
                    return; // full
                }
            }
        }

        Endpoint endpoint() {
            return new Endpoint(socket.getInetAddress(), socket.getLocalPort());
        }

        @Override
        public void close() throws IOException {
            for (Socket client : filling) {
                client.close();
            }
            socket.close();
        }
    }
}
