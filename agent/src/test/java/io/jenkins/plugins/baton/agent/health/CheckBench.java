package io.jenkins.plugins.baton.agent.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Probe;
import io.jenkins.plugins.baton.cluster.Timing;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A monitor, and the servers that a test of checks needs; all gone when it is closed. */
final class CheckBench implements AutoCloseable {
    static final Timing QUICK = new Timing(Duration.ofMillis(200), Duration.ofMillis(50), Duration.ofMillis(200), 2, 2);
    /** For servers that take their time on a busy machine. */
    static final Timing PATIENT =
            new Timing(Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofSeconds(10), 2, 2);

    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);

    final HealthMonitor monitor = new HealthMonitor();
    private final List<Closeable> servers = new CopyOnWriteArrayList<>();

    /** What a server does with a connection. */
    @FunctionalInterface
    interface Behaviour {
        void serve(Socket connection) throws Exception;
    }

    /** A server; each connection has its thread and is closed when the behaviour returns. */
    Endpoint server(Behaviour behaviour) throws IOException {
        ServerSocket socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        servers.add(socket);
        thread(() -> {
            while (!socket.isClosed()) {
                Socket connection;
                try {
                    connection = socket.accept();
                } catch (IOException e) { // no descriptor for it now
                    sleep(10);
                    continue;
                }
                servers.add(connection);
                thread(() -> {
                    try (connection) {
                        behaviour.serve(connection);
                    }
                });
            }
        });
        return endpoint((InetSocketAddress) socket.getLocalSocketAddress());
    }

    /** A server that reads a request's first bytes and answers with this, whatever it was asked. */
    Endpoint answering(String answer) throws IOException {
        return server(connection -> {
            connection.getInputStream().read(new byte[4096]);
            connection.getOutputStream().write(answer.getBytes(UTF_8));
            connection.shutdownOutput();
            connection.getInputStream().readAllBytes();
        });
    }

    /** An endpoint where connects are refused. */
    static Endpoint refusing() {
        return endpoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
    }

    static Endpoint endpoint(InetSocketAddress address) {
        return new Endpoint(address.getAddress(), address.getPort());
    }

    static Probe.Http http(Endpoint target) {
        return new Probe.Http(Optional.of(target), Optional.empty(), "/readyz", 200, 299, Optional.empty());
    }

    /** What the first check says for which this machine has the time. */
    CheckStatus first(Probe probe, Timing timing) {
        try (HealthWatch watch = monitor.watch(probe, null, timing, true, HealthHysteresis.UNKNOWN, change -> {})) {
            return await(
                    watch,
                    status -> status.lastAt().isPresent()
                            && !status.lastResult().startsWith("could not ask: this node was short of time"));
        }
    }

    static CheckStatus await(HealthWatch watch, Predicate<CheckStatus> wanted) {
        long deadline = System.nanoTime() + AWAIT_TIMEOUT.toNanos();
        while (!wanted.test(watch.status())) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("The check did not get there; it is " + watch.status());
            }
            sleep(5);
        }
        return watch.status();
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Body {
        void run() throws Exception;
    }

    private static void thread(Body body) {
        Thread thread = new Thread(
                () -> {
                    try {
                        body.run();
                    } catch (Exception e) {
                        // The checker hung up, or the test is over.
                    }
                },
                "test-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        monitor.close();
        for (Closeable server : List.copyOf(servers)) {
            server.close();
        }
    }
}
