package io.jenkins.plugins.baton.agent.plane.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.health.BlackHole;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client does not notice that a backend is gone while another one is there. */
@Timeout(120)
class RetryTest {

    @Test
    void threeHundredConnectsDoNotNoticeThatOneOfTwoBackendsRefuses() throws Exception {
        try (TestServer good = TestServer.saying("good");
                ProxyBench bench = new ProxyBench()
                        .backend("bad", TestServer.refusing())
                        .backend("good", good.address())
                        .apply()) {
            for (int i = 0; i < 300; i++) {
                assertThat(answer(bench)).isEqualTo("good");
            }
            assertThat(bench.front().connectErrors()).isEqualTo(150);
            assertThat(bench.front().redispatches()).isEqualTo(150);
            assertThat(bench.front().refused()).isZero();
            assertThat(bench.back("bad").connectErrors()).isEqualTo(150);
            assertThat(bench.back("bad").sessionsTotal()).isZero();
            assertThat(bench.back("good").sessionsTotal()).isEqualTo(300);
        }
    }

    @Test
    void backendWithoutARouteIsLikeOneThatRefuses() throws Exception {
        // The broadcast address: connect(2) itself fails, at once.
        InetSocketAddress nowhere = new InetSocketAddress("255.255.255.255", 6443);
        try (TestServer good = TestServer.saying("good");
                ProxyBench bench = new ProxyBench()
                        .backend("nowhere", nowhere)
                        .backend("good", good.address())
                        .apply()) {
            for (int i = 0; i < 10; i++) {
                assertThat(answer(bench)).isEqualTo("good");
            }
            assertThat(bench.back("nowhere").connectErrors()).isEqualTo(5);
        }
    }

    @Test
    void backendThatSwallowsConnectsIsGivenUpLongBeforeTheTimeoutWhenThereIsAnother() throws Exception {
        try (BlackHole hole = new BlackHole();
                TestServer good = TestServer.saying("good");
                ProxyBench bench = new ProxyBench()) {
            bench.connectTimeout = Duration.ofHours(1);
            bench.backend("hole", hole.endpoint().toSocketAddress())
                    .backend("good", good.address())
                    .apply();
            for (int i = 0; i < 4; i++) {
                assertThat(answer(bench)).isEqualTo("good");
            }
            // The first one that was kept waiting saves the others from it, unless this machine takes seconds.
            assertThat(bench.front().redispatches()).isBetween(1L, 2L);
            ProxyBench.await("all are logged", () -> bench.logLines().size() == 4);
            assertThat(bench.logLines())
                    .filteredOn(line -> line.endsWith("/1 0/0"))
                    .isNotEmpty()
                    .allMatch(line -> waitMillis(line) >= 300);
        }
    }

    private static long waitMillis(String line) {
        return Long.parseLong(line.replaceAll(".* front/good (\\d+)/.*", "$1"));
    }

    @Test
    void onlyBackendGetsTheWholeTimeout() throws Exception {
        try (BlackHole hole = new BlackHole();
                ProxyBench bench = new ProxyBench()) {
            bench.connectTimeout = Duration.ofMillis(1500);
            bench.backend("hole", hole.endpoint().toSocketAddress()).apply();
            bench.assertTurnsAway();
            ProxyBench.await("it is logged", () -> !bench.logLines().isEmpty());
            assertThat(bench.logLines().get(0))
                    .contains(" front/<NOSRV> -1/-1/")
                    .contains(" sC ");
            assertThat(Integer.parseInt(bench.logLines().get(0).replaceAll(".*-1/-1/(\\d+).*", "$1")))
                    .isGreaterThanOrEqualTo(1500);
            assertThat(bench.front().refused()).isOne();
        }
    }

    @Test
    void clientIsResetAtOnceWhenNobodyIsThere() throws Exception {
        try (ProxyBench bench = new ProxyBench()
                .backend("a", TestServer.refusing())
                .backend("b", TestServer.refusing())
                .apply()) {
            bench.assertTurnsAway();
            ProxyBench.await("it is logged", () -> !bench.logLines().isEmpty());
            assertThat(bench.logLines().get(0)).contains(" SC ").endsWith("/2 0/0");
            assertThat(bench.front().refused()).isOne();
            assertThat(bench.front().connectErrors()).isEqualTo(2);
            assertThat(bench.front().sessions()).isZero();
            assertThat(bench.back("a").sessions()).isZero();
        }
    }

    @Test
    void whatTheClientSaidBeforeABackendWasFoundReachesTheOneThatIs() throws Exception {
        try (BlackHole hole = new BlackHole();
                TestServer echo = TestServer.echo();
                ProxyBench bench = new ProxyBench()
                        .backend("hole", hole.endpoint().toSocketAddress())
                        .backend("echo", echo.address())
                        .apply()) {
            for (int i = 0; i < 2; i++) {
                try (Socket client = bench.connect()) {
                    client.getOutputStream().write("early words".getBytes(UTF_8));
                    client.shutdownOutput();
                    assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                            .isEqualTo("early words");
                }
            }
            assertThat(bench.front().redispatches()).isOne();
        }
    }

    @Test
    void clientThatGivesUpWhileConnectingFreesTheBackend() throws Exception {
        try (BlackHole hole = new BlackHole();
                ProxyBench bench = new ProxyBench()
                        .backend("hole", hole.endpoint().toSocketAddress())
                        .apply()) {
            Socket client = bench.connect();
            ProxyBench.await(
                    "the attempt is under way", () -> bench.back("hole").sessions() == 1);
            client.setSoLinger(true, 0);
            client.close();
            ProxyBench.await("it is over", () -> bench.back("hole").sessions() == 0);
            ProxyBench.await("it is logged", () -> !bench.logLines().isEmpty());
            assertThat(bench.logLines().get(0)).contains(" CC ");
            assertThat(bench.front().refused()).isZero();
        }
    }

    private static String answer(ProxyBench bench) throws IOException {
        try (Socket client = bench.connect()) {
            return new String(client.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
