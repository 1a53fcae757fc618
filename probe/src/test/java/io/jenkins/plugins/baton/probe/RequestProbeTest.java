package io.jenkins.plugins.baton.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.probe.Sample.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request counts as whose connection does not come about. */
class RequestProbeTest {
    private static final Duration INTERVAL = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(100);

    @Test
    void aPortNobodyListensOnRefuses() throws Exception {
        ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        closed.close();

        assertThat(results(closed, false, LONG)).containsExactly(Result.REFUSED);
    }

    /** As a frozen process behind a listening socket is: the kernel completes the handshake, and nobody answers. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatIsFrozenTimesOut(boolean tls) throws Exception {
        try (ServerSocket frozen = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress())) {
            assertThat(results(frozen, tls, SHORT)).containsExactly(Result.TIMED_OUT);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatHangsUpClosesWithoutAnAnswer(boolean tls) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> hangUp(server), "server");
            thread.setDaemon(true);
            thread.start();

            assertThat(results(server, tls, LONG)).containsExactly(Result.CLOSED_WITHOUT_ANSWER);
        }
    }

    /** Which it is told as where there is no route at all, and with another exception than where a host is missing. */
    @Test
    void aNetworkWithoutARouteIsUnreachable() {
        assertThat(Result.of(new SocketException("Network is unreachable"))).isEqualTo(Result.UNREACHABLE);
        assertThat(Result.of(new SocketException("Connection reset"))).isEqualTo(Result.RESET);
    }

    /** Half, for a server that closes while it has not read all sends a reset. */
    private static void hangUp(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.shutdownOutput();
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // The client has hung up, too, or the test is over.
            }
        }
    }

    /** Asks until there are some samples; whoever waits longer than a minute has found a fault. */
    private static Set<Result> results(ServerSocket server, boolean tls, Duration readTimeout) throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        Target target = new Target(
                "server", new InetSocketAddress(loopback, server.getLocalPort()), tls, Optional.of("/readyz"));
        try (RequestProbe requests = new RequestProbe(target, INTERVAL, readTimeout)) {
            long end = System.nanoTime() + 60_000_000_000L;
            while (requests.samples().size() < 3 && System.nanoTime() < end) {
                Thread.sleep(10);
            }
            assertThat(requests.samples()).hasSizeGreaterThanOrEqualTo(3);
            return requests.samples().stream().map(Sample::result).collect(Collectors.toSet());
        }
    }
}
