package io.jenkins.plugins.baton.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.probe.Sample.Result;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectProbeTest {
    private static final Duration TICK = Duration.ofMillis(5);

    @TempDir
    Path folder;

    private static Target target(int port, boolean tls) {
        return new Target("localhost:" + port, address(port), tls, Optional.empty());
    }

    private static Target https(TlsServer server) {
        return new Target("localhost:" + server.port(), address(server.port()), true, Optional.of("/readyz"));
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Probes until there are some samples; whoever waits longer than a minute has found a fault. */
    private static Set<Result> results(Target target, Duration timeout) throws Exception {
        try (ConnectProbe probe = new ConnectProbe(target, TICK, timeout)) {
            probe.start();
            long end = System.nanoTime() + 60_000_000_000L;
            while (probe.samples().size() < 5 && System.nanoTime() < end) {
                Thread.sleep(10);
            }
            List<Sample> samples = probe.samples();
            assertThat(samples).hasSizeGreaterThanOrEqualTo(5);
            return samples.stream().map(Sample::result).collect(Collectors.toSet());
        }
    }

    @Test
    void aServerThatAcceptsAnswersAPlainTarget() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress())) {
            assertThat(results(target(server.getLocalPort(), false), Duration.ofSeconds(30)))
                    .containsExactly(Result.ANSWERED);
        }
    }

    @Test
    void aPortNobodyListensOnRefuses() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }

        assertThat(results(target(port, false), Duration.ofSeconds(30))).containsExactly(Result.REFUSED);
    }

    /** As a frozen process behind a listening socket is: the kernel completes the handshake, and nobody answers. */
    @Test
    void aTlsTargetThatIsAcceptedByTheKernelAloneTimesOut() throws Exception {
        try (ServerSocket frozen = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress())) {
            assertThat(results(target(frozen.getLocalPort(), true), Duration.ofMillis(100)))
                    .containsExactly(Result.TIMED_OUT);
            assertThat(Probe.ask(target(frozen.getLocalPort(), true), Duration.ofMillis(100))
                            .detail())
                    .isEqualTo("nothing within 100 ms");
        }
    }

    @Test
    void aTlsServerAnswersTheHelloThatOffersNothingItAccepts() throws Exception {
        try (OpensslServer server = new OpensslServer(folder)) {
            assertThat(Probe.ask(target(server.port(), true), Duration.ofSeconds(30))
                            .detail())
                    .isEmpty();
            assertThat(results(target(server.port(), true), Duration.ofSeconds(30)))
                    .containsExactly(Result.ANSWERED);
        }
    }

    /** As Java's own servers do. */
    @Test
    void aTlsServerThatClosesOnSuchAHelloIsAskedWithOneItAccepts() throws Exception {
        try (TlsServer server = new TlsServer()) {
            assertThat(Probe.hello(target(server.port(), true), Duration.ofSeconds(30)))
                    .isNotSameAs(ClientHello.REFUSED);
            assertThat(Probe.ask(target(server.port(), true), Duration.ofSeconds(30))
                            .detail())
                    .isEmpty();
            assertThat(results(target(server.port(), true), Duration.ofSeconds(30)))
                    .containsExactly(Result.ANSWERED);
        }
    }

    @Test
    void longLivedConnectionsAreLostWhenTheServerGoesAndNotBefore() throws Exception {
        TlsServer server = new TlsServer();
        try (LongLived connections = new LongLived(https(server), 3, Duration.ofSeconds(30))) {
            await(() -> connections.answered() >= 9 && server.answered() == 3);
            assertThat(connections.losses()).isEmpty();
            server.close();
            await(() -> connections.losses().size() == 3);
            assertThat(connections.losses()).extracting(LongLived.Loss::answer).containsOnly("ok");
        } finally {
            server.close();
        }
    }

    @Test
    void aLostConnectionIsReplacedWhereTheClientOutlivesTheFault() throws Exception {
        TlsServer server = new TlsServer();
        try (LongLived connections = LongLived.replacing(https(server), 2, Duration.ofSeconds(30))) {
            server.close();
            await(() -> connections.losses().size() == 2);
            long before = connections.answered();
            server = new TlsServer(server.port());
            await(() -> connections.answered() > before + 5);
            assertThat(connections.losses()).hasSize(2);
        } finally {
            server.close();
        }
    }

    /** So that the samples of a stretch of time can be known to be all of them. */
    @Test
    void whatHasBegunBeforeACompleteTimeIsAmongTheSamples() throws Exception {
        try (ServerSocket frozen = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
                ConnectProbe probe =
                        new ConnectProbe(target(frozen.getLocalPort(), true), TICK, Duration.ofMillis(100))) {
            long begin = System.nanoTime();
            probe.start();
            await(() -> probe.completeUntil() - begin > 200_000_000L);
            long complete = probe.completeUntil();
            List<Sample> first = probe.take();
            await(() -> probe.completeUntil() - complete > 200_000_000L);

            assertThat(first).isNotEmpty();
            assertThat(probe.take()).isNotEmpty().allMatch(sample -> sample.start() - complete >= 0);
        }
    }

    @Test
    void requestsAreAnsweredOnAKeptConnectionUntilTheServerGoes() throws Exception {
        TlsServer server = new TlsServer();
        try (RequestProbe requests = new RequestProbe(https(server), TICK, Duration.ofSeconds(30))) {
            await(() -> requests.samples().size() >= 5);
            assertThat(requests.samples()).extracting(Sample::result).containsOnly(Result.ANSWERED);
            server.close();
            await(() -> requests.samples().stream().anyMatch(sample -> sample.result() != Result.ANSWERED));
        } finally {
            server.close();
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void theNamesOfACertificateAreRead() throws Exception {
        try (TlsServer server = new TlsServer()) {
            assertThat(ServerCertificate.addresses(address(server.port()), Duration.ofSeconds(30)))
                    .containsExactly("127.0.0.1", "10.0.0.9");
        }
    }
}
