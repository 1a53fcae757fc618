package io.jenkins.plugins.baton.agent.plane.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.health.BlackHole;
import io.jenkins.plugins.baton.agent.linux.libc.Epoll;
import io.jenkins.plugins.baton.agent.linux.libc.Wakeup;
import io.jenkins.plugins.baton.agent.linux.loop.EventLoop;
import io.jenkins.plugins.baton.agent.linux.loop.Watched;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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
            assertThat(bench.front().redispatches()).isBetween(1L, 3L);
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
            // The second one avoids the backend of the first, unless this machine takes seconds.
            assertThat(bench.front().redispatches()).isBetween(1L, 2L);
        }
    }

    @Test
    void clientThatGivesUpWhileConnectingFreesTheBackend() throws Exception {
        try (BlackHole hole = new BlackHole();
                ProxyBench bench = new ProxyBench()) {
            bench.connectTimeout = Duration.ofHours(1);
            bench.backend("hole", hole.endpoint().toSocketAddress()).apply();
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

    /** As when the machine has no time for it between its call and the answer, which is there all the same. */
    @Test
    void backendIsNotGivenUpByALoopThatStoodStillItself() throws Exception {
        try (TestServer one = TestServer.saying("one");
                TestServer two = TestServer.saying("two");
                ProxyBench bench = new ProxyBench()
                        .backend("one", one.address())
                        .backend("two", two.address())
                        .apply();
                Wakeup wakeup = Wakeup.open()) {
            List<EventLoop> loops =
                    bench.plane.workers().stream().map(Worker::loop).toList();
            EventLoop first = loops.get(0);
            first.call(() -> first.watch(new Standstill(), wakeup.descriptor(), Epoll.IN | Epoll.EDGE));
            CountDownLatch allWait = new CountDownLatch(loops.size());
            CountDownLatch clientIsThere = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            loops.forEach(loop -> loop.execute(() -> {
                allWait.countDown();
                await(loop == first ? clientIsThere : end);
            }));
            allWait.await();
            try (Socket client = bench.connect()) {
                wakeup.signal(); // after the client, so that the loop hears of it after it has called a backend
                clientIsThere.countDown();
                assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                        .isEqualTo("one");
            } finally {
                clientIsThere.countDown();
                end.countDown();
            }
            assertThat(bench.front().connectErrors()).isZero();
        }
    }

    private static final class Standstill extends Watched {
        @Override
        protected void ready(int events) {
            sleep(500);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String answer(ProxyBench bench) throws IOException {
        try (Socket client = bench.connect()) {
            return new String(client.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
