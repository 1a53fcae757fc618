package io.jenkins.plugins.baton.agent.plane.proxy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.health.HealthMonitor;
import io.jenkins.plugins.baton.agent.plane.PlaneChoice;
import io.jenkins.plugins.baton.agent.plane.PlaneException;
import io.jenkins.plugins.baton.cluster.Backend;
import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.FrontendCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A running proxy plane on a loopback address of its own, with one frontend that a test may change. */
final class ProxyBench implements AutoCloseable {
    private static final long AWAIT_TIMEOUT_NANOS = Duration.ofSeconds(60).toNanos();

    final HealthMonitor monitor = new HealthMonitor();
    final ByteArrayOutputStream accessLog = new ByteArrayOutputStream();
    final ProxyPlane plane = new ProxyPlane(monitor, (backend, change) -> {}, new PrintStream(accessLog, true));

    Endpoint bind = new Endpoint(loopback(), 8443);
    Frontend.Balance balance = Frontend.Balance.ROUNDROBIN;
    Duration connectTimeout = Duration.ofSeconds(5);
    Duration idleTimeout = Duration.ofMinutes(5);
    Duration halfClosedTimeout = Duration.ofMinutes(5);
    OptionalInt maxConnectionsPerSource = OptionalInt.of(0);
    Duration drainTimeout = Duration.ofSeconds(10);
    Optional<FrontendCheck> check = Optional.empty();
    Optional<Integer> proxyProtocol = Optional.empty();
    Frontend.AccessLog logForm = Frontend.AccessLog.TEXT;
    final List<Backend> backends = new ArrayList<>();

    /** An address of 127/8 that no other test has. */
    static InetAddress loopback() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        try {
            return InetAddress.getByAddress(new byte[] {
                127, (byte) random.nextInt(1, 255), (byte) random.nextInt(1, 255), (byte) random.nextInt(1, 255)
            });
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    ProxyBench backend(String name, InetSocketAddress address) {
        return backend(new Backend(name, new Endpoint(address.getAddress(), address.getPort()), 1, false, 0));
    }

    ProxyBench backend(Backend backend) {
        backends.add(backend);
        return this;
    }

    /** Applies what the fields say now. */
    ProxyBench apply() throws PlaneException {
        apply(List.of(frontend()));
        return this;
    }

    void apply(List<Frontend> frontends) throws PlaneException {
        PlaneChoice here = new PlaneChoice(PlaneChoice.PROXY, "this is its test");
        plane.apply(
                frontends,
                frontends.stream().collect(Collectors.toMap(Frontend::name, frontend -> here)),
                frontend -> false);
    }

    Frontend frontend() {
        return new Frontend(
                "front",
                bind,
                Frontend.Plane.AUTO,
                balance,
                new Frontend.Timeouts(connectTimeout, idleTimeout, halfClosedTimeout, drainTimeout),
                check,
                proxyProtocol,
                logForm,
                maxConnectionsPerSource,
                backends);
    }

    ProxyFrontend front() {
        return plane.frontends().get(0);
    }

    ProxyBackend back(String name) {
        return front().backends().stream()
                .filter(backend -> backend.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** A client that gives up, rather than hang, when the proxy says nothing for long. */
    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(30_000);
        socket.connect(bind.toSocketAddress(), 30_000);
        return socket;
    }

    /** A client is reset, be it as early as in its connect. */
    void assertTurnsAway() {
        assertThatThrownBy(() -> {
                    try (Socket client = connect()) {
                        client.getInputStream().read();
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("reset");
    }

    List<String> logLines() {
        return accessLog.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** Waits until it is so. */
    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + AWAIT_TIMEOUT_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("It did not happen in time that " + what);
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        plane.close();
        monitor.close();
    }
}
