package io.jenkins.plugins.baton.agent.plane.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real HAProxy understands whom we say the client is. */
@Timeout(60)
class HaproxyInteropTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void haproxyAcceptsTheProxyProtocol(int version) throws Exception {
        InetSocketAddress address = new InetSocketAddress(ProxyBench.loopback(), 9000);
        Path configuration = directory.resolve("haproxy.cfg");
        Files.writeString(configuration, """
                global
                  maxconn 100
                defaults
                  mode http
                  timeout connect 5s
                  timeout client 30s
                  timeout server 30s
                frontend f
                  bind %s:%d accept-proxy
                  http-request return status 200 content-type text/plain lf-string "%%[src]:%%[src_port] %%[dst]:%%[dst_port]"
                """.formatted(address.getAddress().getHostAddress(), address.getPort()));
        Process haproxy = new ProcessBuilder("haproxy", "-db", "-f", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("haproxy.out").toFile())
                .start();
        try (ProxyBench bench = new ProxyBench()) {
            ProxyBench.await("haproxy listens", () -> listens(address) || !haproxy.isAlive());
            bench.proxyProtocol = Optional.of(version);
            bench.backend("haproxy", address).apply();
            try (Socket client = bench.connect()) {
                client.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(UTF_8));
                InetAddress self = client.getLocalAddress();
                assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                        .as(Files.readString(directory.resolve("haproxy.out")))
                        .endsWith(self.getHostAddress() + ":" + client.getLocalPort() + " "
                                + bench.bind.address().getHostAddress() + ":" + bench.bind.port());
            }
        } finally {
            haproxy.destroyForcibly().waitFor();
        }
    }

    private static boolean listens(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
