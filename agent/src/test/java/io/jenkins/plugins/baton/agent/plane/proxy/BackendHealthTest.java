package io.jenkins.plugins.baton.agent.plane.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.FrontendCheck;
import io.jenkins.plugins.baton.cluster.Probe;
import io.jenkins.plugins.baton.cluster.Timing;
import io.jenkins.plugins.baton.jmx.Health;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Health decides who gets connections. */
@Timeout(120)
class BackendHealthTest {
    private static final Timing OFTEN =
            new Timing(Duration.ofMillis(100), Duration.ofMillis(50), Duration.ofSeconds(10), 3, 2);
    /** So many failures bring a backend down that it stays in DRAIN for as long as a test looks. */
    private static final Timing PATIENT =
            new Timing(Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofSeconds(10), 1_000_000, 2);

    private static Optional<FrontendCheck> http(Timing timing) {
        return Optional.of(new FrontendCheck(
                new Probe.Http(Optional.empty(), Optional.empty(), "/readyz", 200, 299, Optional.empty()), timing));
    }

    /** Answers {@code /readyz} with a status that may change, and echoes everything else. */
    private static final class Apiserver {
        volatile int status = 200;

        TestServer start() throws IOException {
            return new TestServer(connection -> {
                byte[] buffer = new byte[4096];
                for (int read; (read = connection.getInputStream().read(buffer)) > 0; ) {
                    if (new String(buffer, 0, read, UTF_8).startsWith("GET /readyz")) {
                        connection.getOutputStream().write(("HTTP/1.1 " + status + " X\r\n\r\n").getBytes(UTF_8));
                        return;
                    }
                    connection.getOutputStream().write(buffer, 0, read);
                }
            });
        }
    }

    @Test
    void firstReadyzThatFailsTakesNewConnectionsAwayAndLeavesTheOthers() throws Exception {
        Apiserver leaving = new Apiserver();
        try (TestServer server = leaving.start();
                TestServer other = new Apiserver().start();
                ProxyBench bench = new ProxyBench()) {
            bench.check = http(PATIENT);
            bench.backend("leaving", server.address()).apply();
            ProxyBench.await("it is up", () -> bench.back("leaving").health() == Health.UP);
            try (Socket watch = SessionLifeTest.answered(bench)) {
                bench.backend("other", other.address()).apply();
                leaving.status = 500;
                ProxyBench.await("it drains", () -> bench.back("leaving").health() == Health.DRAIN);
                assertThat(bench.back("leaving").check().lastResult()).isEqualTo("HTTP 500");
                for (int i = 0; i < 10; i++) {
                    SessionLifeTest.answered(bench).close();
                }
                assertThat(bench.back("leaving").sessionsTotal()).isOne();
                assertThat(bench.back("other").sessionsTotal()).isEqualTo(10);
                watch.getOutputStream().write(3);
                assertThat(watch.getInputStream().read()).isEqualTo(3);
                leaving.status = 200;
                ProxyBench.await("it is up again", () -> bench.back("leaving").health() == Health.UP);
                SessionLifeTest.answered(bench).close();
                SessionLifeTest.answered(bench).close();
                assertThat(bench.back("leaving").sessionsTotal()).isEqualTo(2);
            }
        }
    }

    @Test
    void whenNoBackendIsReadyThoseThatAreNotAreTriedAllTheSame() throws Exception {
        Apiserver unready = new Apiserver();
        unready.status = 503;
        try (TestServer server = unready.start();
                ProxyBench bench = new ProxyBench()) {
            bench.check = http(OFTEN);
            bench.backend("dead", TestServer.refusing())
                    .backend("unready", server.address())
                    .apply();
            ProxyBench.await(
                    "both are down",
                    () -> bench.back("dead").health() == Health.DOWN
                            && bench.back("unready").health() == Health.DOWN);
            SessionLifeTest.answered(bench).close();
            SessionLifeTest.answered(bench).close();
            assertThat(bench.front().refused()).isZero();
        }
    }

    @Test
    void backendThatAnOperatorDrainedIsNotTriedEvenThen() throws Exception {
        try (TestServer server = TestServer.echo();
                ProxyBench bench =
                        new ProxyBench().backend("b", server.address()).apply()) {
            bench.back("b").drain("a test");
            bench.assertTurnsAway();
            assertThat(bench.front().refused()).isOne();
        }
    }

    @Test
    void backendThatDiedIsNotAskedAnyMore() throws Exception {
        try (TestServer good = TestServer.echo();
                ProxyBench bench = new ProxyBench()) {
            bench.check = Optional.of(new FrontendCheck(new Probe.Tcp(Optional.empty()), OFTEN));
            bench.backend("dead", TestServer.refusing())
                    .backend("good", good.address())
                    .apply();
            ProxyBench.await("it is down", () -> bench.back("dead").health() == Health.DOWN);
            assertThat(bench.back("dead").check().lastResult()).isEqualTo("connection refused");
            for (int i = 0; i < 10; i++) {
                SessionLifeTest.answered(bench).close();
            }
            assertThat(bench.front().connectErrors()).isZero();
            assertThat(bench.back("good").sessionsTotal()).isEqualTo(10);
        }
    }

    @Test
    void backendsAreUsedBeforeTheirFirstCheckHasEnded() throws Exception {
        try (TestServer silent = new TestServer(connection -> {
                    int first = connection.getInputStream().read();
                    if (first == 'G') {
                        connection.getInputStream().readAllBytes(); // a check that is never answered
                    } else {
                        connection.getOutputStream().write(first);
                    }
                });
                ProxyBench bench = new ProxyBench()) {
            bench.check = http(new Timing(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), 1, 1));
            bench.backend("b", silent.address()).apply();
            assertThat(bench.back("b").health()).isEqualTo(Health.UNKNOWN);
            SessionLifeTest.answered(bench).close();
        }
    }

    @Test
    void backendThatIsDownStaysDownWhenAReloadChangesItsCheck() throws Exception {
        try (ProxyBench bench = new ProxyBench()) {
            bench.check = Optional.of(new FrontendCheck(new Probe.Tcp(Optional.empty()), OFTEN));
            bench.backend("dead", TestServer.refusing()).apply();
            ProxyBench.await("it is down", () -> bench.back("dead").health() == Health.DOWN);
            bench.check = http(OFTEN);
            bench.apply();
            assertThat(bench.back("dead").health()).isEqualTo(Health.DOWN);
        }
    }
}
