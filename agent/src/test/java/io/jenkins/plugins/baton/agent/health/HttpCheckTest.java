package io.jenkins.plugins.baton.agent.health;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Probe;
import io.jenkins.plugins.baton.cluster.StatusRange;
import io.jenkins.plugins.baton.cluster.Timing;
import io.jenkins.plugins.baton.jmx.Health;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class HttpCheckTest {
    private final CheckBench bench = new CheckBench();

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    private CheckStatus check(String answer) throws Exception {
        return bench.first(CheckBench.http(bench.answering(answer)), CheckBench.PATIENT);
    }

    @Test
    void statusInTheRangeIsUp() throws Exception {
        CheckStatus status = check("HTTP/1.1 204 No Content\r\n\r\n");
        assertThat(status.health()).isEqualTo(Health.UP);
        assertThat(status.lastResult()).isEqualTo("HTTP 204");
        assertThat(status.lastDuration()).isPositive();
    }

    @Test
    void statusOutsideOfItIsDownAndNamed() throws Exception {
        CheckStatus status = check("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 2\r\n\r\nno");
        assertThat(status.health()).isEqualTo(Health.DOWN);
        assertThat(status.lastResult()).isEqualTo("HTTP 500");
    }

    @Test
    void eachOfSeveralStatusesIsUpAndWhatIsBetweenThemIsNot() throws Exception {
        for (int status : new int[] {200, 401, 403}) {
            assertThat(checkedForSeveral(status)).isEqualTo(Health.UP);
        }
        assertThat(checkedForSeveral(402)).isEqualTo(Health.DOWN);
    }

    private Health checkedForSeveral(int status) throws Exception {
        Endpoint server = bench.answering("HTTP/1.1 " + status + " Whatever\r\n\r\n");
        List<StatusRange> expect =
                List.of(new StatusRange(200, 299), new StatusRange(401, 401), new StatusRange(403, 403));
        return bench.first(
                        new Probe.Http(Optional.of(server), Optional.empty(), "/", expect, Optional.empty()),
                        CheckBench.PATIENT)
                .health();
    }

    @Test
    void interimAnswersAreNotTheAnswer() throws Exception {
        assertThat(check("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n\r\n")
                        .lastResult())
                .isEqualTo("HTTP 200");
    }

    @Test
    void asksForThePathOnAConnectionOfItsOwn() throws Exception {
        CompletableFuture<String> request = new CompletableFuture<>();
        Endpoint server = bench.server(connection -> {
            byte[] buffer = new byte[4096];
            request.complete(new String(buffer, 0, connection.getInputStream().read(buffer), UTF_8));
            connection.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(UTF_8));
        });
        bench.first(
                new Probe.Http(
                        Optional.of(server), Optional.of("api.example"), "/livez?verbose", 200, 200, Optional.empty()),
                CheckBench.PATIENT);
        assertThat(request.get(60, TimeUnit.SECONDS))
                .startsWith("GET /livez?verbose HTTP/1.1\r\n")
                .containsIgnoringCase("host: api.example\r\n")
                .containsIgnoringCase("connection: close\r\n")
                .containsIgnoringCase("user-agent: baton\r\n");
    }

    @Test
    void refusedConnectIsNamed() {
        CheckStatus status = bench.first(CheckBench.http(CheckBench.refusing()), CheckBench.PATIENT);
        assertThat(status.health()).isEqualTo(Health.DOWN);
        assertThat(status.lastResult()).isEqualTo("connection refused");
    }

    @Test
    void garbageIsNamed() throws Exception {
        assertThat(check("SSH-2.0-OpenSSH_9.2\r\n\r\n").lastResult()).isEqualTo("the answer is not HTTP");
        assertThat(check("\0\1\2 binary \3\4\r\n\r\n").lastResult()).isEqualTo("the answer is not HTTP");
    }

    @Test
    void closedConnectionIsNamed() throws Exception {
        assertThat(check("").lastResult()).isEqualTo("connection closed without an answer");
        assertThat(check("HTTP/1.1 200").lastResult()).isEqualTo("connection closed without an answer");
    }

    @Test
    void resetIsNamed() throws Exception {
        Endpoint server = bench.server(connection -> {
            connection.getInputStream().read();
            connection.setSoLinger(true, 0);
        });
        assertThat(bench.first(CheckBench.http(server), CheckBench.PATIENT).lastResult())
                .isEqualTo("connection reset by peer");
    }

    @Test
    void endlessHeaderIsCutOff() throws Exception {
        Endpoint server = bench.server(connection -> {
            OutputStream out = connection.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
            while (true) {
                out.write("X-More: and more\r\n".getBytes(UTF_8));
            }
        });
        assertThat(bench.first(CheckBench.http(server), CheckBench.PATIENT).lastResult())
                .isEqualTo("the header of the answer is too long");
    }

    @Test
    void endlessFirstLineIsCutOff() throws Exception {
        Endpoint server = bench.server(connection -> {
            OutputStream out = connection.getOutputStream();
            out.write("HTTP/1.1 200 ".getBytes(UTF_8));
            while (true) {
                out.write("very ".getBytes(UTF_8));
            }
        });
        assertThat(bench.first(CheckBench.http(server), CheckBench.PATIENT).lastResult())
                .isEqualTo("the first line of the answer is too long");
    }

    @Test
    void serverThatAnswersByDropsRunsIntoTheTimeoutOfTheWholeCheck() throws Exception {
        Endpoint server = bench.server(connection -> {
            connection.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
            while (true) {
                connection.getOutputStream().write("X: y\r\n".getBytes(UTF_8));
                CheckBench.sleep(20);
            }
        });
        assertThat(bench.first(CheckBench.http(server), CheckBench.QUICK).lastResult())
                .isEqualTo("timed out after 200 ms while waiting for the answer");
    }

    @Test
    void hungServersDoNotDelayTheChecksOfOthers() throws Exception {
        Duration forEver = Duration.ofHours(1);
        Timing patient = new Timing(forEver, forEver, forEver, 1, 1);
        CountDownLatch asked = new CountDownLatch(50);
        Endpoint hung = bench.server(connection -> {
            asked.countDown();
            connection.getInputStream().readAllBytes();
        });
        for (int i = 0; i < 50; i++) {
            bench.monitor.watch(CheckBench.http(hung), null, patient, true, HealthHysteresis.UNKNOWN, change -> {});
        }
        asked.await();
        assertThat(check("HTTP/1.1 200 OK\r\n\r\n").health()).isEqualTo(Health.UP);
    }

    @Test
    void goesDownAfterFallAndUpAfterRiseAndTellsOnceEach() throws Exception {
        // An answer that is late on a busy machine is no failure here.
        Timing often = new Timing(Duration.ofMillis(200), Duration.ofMillis(50), Duration.ofSeconds(30), 2, 2);
        AtomicInteger status = new AtomicInteger(200);
        Endpoint server = bench.server(connection -> {
            connection.getInputStream().read(new byte[4096]);
            connection.getOutputStream().write(("HTTP/1.1 " + status + " X\r\n\r\n").getBytes(UTF_8));
        });
        BlockingQueue<HealthChange> changes = new LinkedBlockingQueue<>();
        try (HealthWatch watch = bench.monitor.watch(
                CheckBench.http(server), null, often, true, HealthHysteresis.UNKNOWN, changes::add)) {
            assertThat(changes.poll(60, TimeUnit.SECONDS).to()).isEqualTo(Health.UP);
            status.set(503);
            HealthChange drain = changes.poll(60, TimeUnit.SECONDS);
            assertThat(drain.to()).isEqualTo(Health.DRAIN);
            assertThat(drain.reason()).isEqualTo("HTTP 503");
            assertThat(changes.poll(60, TimeUnit.SECONDS).to()).isEqualTo(Health.DOWN);
            status.set(200);
            assertThat(changes.poll(60, TimeUnit.SECONDS).to()).isEqualTo(Health.UP);
            assertThat(CheckBench.await(watch, s -> s.consecutiveFailures() == 0)
                            .health())
                    .isEqualTo(Health.UP);
        }
    }
}
