package io.jenkins.plugins.baton.agent.plane.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.cluster.Backend;
import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Frontend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long sessions may last, and how many there may be. */
@Timeout(120)
class SessionLifeTest {

    @Test
    void idleSessionIsEnded() throws Exception {
        try (TestServer server = TestServer.echo();
                ProxyBench bench = new ProxyBench()) {
            bench.idleTimeout = Duration.ofMillis(400);
            bench.backend("b", server.address()).apply();
            try (Socket client = bench.connect()) {
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
            ProxyBench.await("it is logged", () -> !bench.logLines().isEmpty());
            assertThat(bench.logLines().get(0)).contains(" cD ");
            assertThat(bench.front().sessions()).isZero();
        }
    }

    @Test
    void sessionThatSpeaksNowAndThenLivesOn() throws Exception {
        try (TestServer server = TestServer.echo();
                ProxyBench bench = new ProxyBench()) {
            bench.idleTimeout = Duration.ofSeconds(4);
            bench.backend("b", server.address()).apply();
            try (Socket client = bench.connect()) {
                long end = System.nanoTime() + Duration.ofSeconds(6).toNanos();
                while (System.nanoTime() < end) {
                    client.getOutputStream().write(7);
                    assertThat(client.getInputStream().read()).isEqualTo(7);
                    Thread.sleep(100);
                }
            }
        }
    }

    @Test
    void sessionWhoseBackendIgnoresTheEndOfTheClientsStreamIsEnded() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                ProxyBench bench = new ProxyBench()) {
            bench.halfClosedTimeout = Duration.ofMillis(600);
            bench.backend("b", (InetSocketAddress) deaf.getLocalSocketAddress()).apply();
            try (Socket client = bench.connect();
                    Socket server = deaf.accept()) {
                client.shutdownOutput();
                assertThat(server.getInputStream().read()).isEqualTo(-1);
                ProxyBench.await("it is logged", () -> !bench.logLines().isEmpty());
                assertThat(bench.logLines().get(0)).contains(" sD ");
                assertThat(bench.front().sessions()).isZero();
            }
        }
    }

    @Test
    void halfClosedSessionInWhichTheOtherSideStillSpeaksLivesOn() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                ProxyBench bench = new ProxyBench()) {
            bench.halfClosedTimeout = Duration.ofSeconds(4);
            bench.backend("b", (InetSocketAddress) slow.getLocalSocketAddress()).apply();
            try (Socket client = bench.connect();
                    Socket server = slow.accept()) {
                client.shutdownOutput();
                long end = System.nanoTime() + Duration.ofSeconds(6).toNanos();
                while (System.nanoTime() < end) {
                    server.getOutputStream().write(7);
                    assertThat(client.getInputStream().read()).isEqualTo(7);
                    Thread.sleep(100);
                }
            }
        }
    }

    @Test
    void clientThatIsGoneAfterTheEndOfItsStreamIsNoticed() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                ProxyBench bench = new ProxyBench()
                        .backend("b", (InetSocketAddress) deaf.getLocalSocketAddress())
                        .apply()) {
            Socket client = bench.connect();
            try (Socket server = deaf.accept()) {
                client.shutdownOutput();
                assertThat(server.getInputStream().read()).isEqualTo(-1);
                client.setSoLinger(true, 0);
                client.close(); // with a reset, after the FIN
                ProxyBench.await("it is logged", () -> !bench.logLines().isEmpty());
                assertThat(bench.logLines().get(0)).contains(" CD ");
            }
        }
    }

    @Test
    void oneAddressHasNoMoreThanItsShareAndOthersAreServed() throws Exception {
        try (TestServer server = TestServer.echo();
                ProxyBench bench = new ProxyBench().backend("b", server.address())) {
            bench.maxConnectionsPerSource = OptionalInt.of(3);
            bench.apply();
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                clients.add(answered(bench));
            }
            bench.assertTurnsAway();
            ProxyBench.await("it is logged", () -> !bench.logLines().isEmpty());
            assertThat(bench.logLines().get(0)).contains(" PR ");
            assertThat(bench.front().refused()).isOne();
            try (Socket other = new Socket()) {
                other.setSoTimeout(30_000);
                other.bind(new InetSocketAddress(ProxyBench.loopback(), 0));
                other.connect(bench.bind.toSocketAddress(), 30_000);
                other.getOutputStream().write(1);
                assertThat(other.getInputStream().read()).isEqualTo(1);
            }
            for (Socket client : clients) {
                client.close();
            }
            ProxyBench.await("there is room again", () -> bench.front().sessions() == 0);
            answered(bench).close();
        }
    }

    @Test
    void oneAddressHasHalfOfAllTheRoomUnlessTheFileSaysOtherwise() {
        try (ProxyBench bench = new ProxyBench()) {
            assertThat(bench.plane.defaultLimitPerSource()).isEqualTo(Math.max(1, bench.plane.maxSessions() / 2));
        }
    }

    @Test
    void fullBackendIsPassedOverAndWhenAllAreFullTheClientIsTurnedAway() throws Exception {
        try (TestServer one = TestServer.echo();
                TestServer two = TestServer.echo();
                ProxyBench bench = new ProxyBench()
                        .backend(limited("one", one.address(), 1))
                        .backend(limited("two", two.address(), 2))
                        .apply()) {
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                clients.add(answered(bench));
            }
            assertThat(bench.back("one").sessions()).isEqualTo(1);
            assertThat(bench.back("two").sessions()).isEqualTo(2);
            bench.assertTurnsAway();
            ProxyBench.await("it is logged", () -> !bench.logLines().isEmpty());
            assertThat(bench.logLines().get(0)).contains("<NOSRV>").contains(" PC ");
            assertThat(bench.front().refused()).isOne();

            clients.get(0).close();
            ProxyBench.await("there is room again", () -> bench.front().sessions() == 2);
            clients.set(0, answered(bench));
            assertThat(bench.front().sessionsMax()).isEqualTo(4);
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    @Test
    void logMayBeJsonOrOff() throws Exception {
        try (TestServer server = TestServer.echo();
                ProxyBench bench = new ProxyBench().backend("b", server.address())) {
            bench.logForm = Frontend.AccessLog.OFF;
            bench.apply();
            answered(bench).close();
            ProxyBench.await("the session is over", () -> bench.front().sessions() == 0);
            bench.logForm = Frontend.AccessLog.JSON;
            bench.apply();
            answered(bench).close();
            ProxyBench.await("it is logged", () -> !bench.logLines().isEmpty());
            assertThat(bench.logLines()).singleElement().asString().contains("\"backend\":\"b\"");
        }
    }

    @Test
    void sessionLingersUntilItEndsAndNoLongerThanTheDrainTimeout() throws Exception {
        try (TestServer server = TestServer.echo();
                ProxyBench bench = new ProxyBench().backend("b", server.address())) {
            bench.drainTimeout = Duration.ofSeconds(20);
            bench.apply();
            Socket client = answered(bench);
            assertThat(bench.plane.lingering(Duration.ofSeconds(20))).isOne();
            assertThat(bench.plane.lingering(Duration.ofSeconds(21))).isZero();
            client.close();
            ProxyBench.await("it has ended", () -> bench.plane.lingering(Duration.ZERO) == 0);
        }
    }

    @Test
    void sessionsEndOneAfterTheOtherWhenTheirTimeIsNearlyOver() throws Exception {
        try (TestServer server = TestServer.echo();
                ProxyBench bench = new ProxyBench().backend("b", server.address())) {
            bench.drainTimeout = Duration.ofSeconds(10);
            bench.apply();
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                clients.add(answered(bench));
            }
            assertThat(bench.plane.thinOut(Duration.ofSeconds(7), Duration.ofMillis(20)))
                    .isZero();
            // A second of two is left: half of them, of each loop's an uneven one by chance.
            long half = bench.plane.thinOut(Duration.ofSeconds(9), Duration.ofMillis(500));
            assertThat(half).isBetween(6L, 14L);
            assertThat(bench.front().sessions()).isEqualTo(20 - half);
            assertThat(bench.plane.thinOut(Duration.ofMillis(9_999), Duration.ofMillis(20)))
                    .isEqualTo(20 - half);
            ProxyBench.await("all are logged", () -> bench.logLines().size() == 20);
            assertThat(bench.logLines()).allMatch(line -> line.contains(" KD "));
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    @Test
    void closingThePlaneResetsWhatIsLeft() throws Exception {
        try (TestServer server = TestServer.echo()) {
            ProxyBench bench = new ProxyBench().backend("b", server.address()).apply();
            try (Socket client = answered(bench)) {
                bench.close();
                assertThatThrownBy(() -> client.getInputStream().read())
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("reset");
                ProxyBench.await("it is logged", () -> !bench.logLines().isEmpty());
                assertThat(bench.logLines().get(0)).contains(" KD ");
            }
        }
    }

    /** A session of which it is certain that it reached its backend. */
    static Socket answered(ProxyBench bench) throws IOException {
        Socket client = bench.connect();
        client.getOutputStream().write(1);
        assertThat(client.getInputStream().read()).isEqualTo(1);
        return client;
    }

    private static Backend limited(String name, InetSocketAddress address, int maxConnections) {
        return new Backend(name, new Endpoint(address.getAddress(), address.getPort()), 1, false, maxConnections);
    }
}
