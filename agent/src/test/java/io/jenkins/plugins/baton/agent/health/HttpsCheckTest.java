package io.jenkins.plugins.baton.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Probe;
import io.jenkins.plugins.baton.cluster.Timing;
import io.jenkins.plugins.baton.jmx.Health;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS checks against OpenSSL, the TLS of most of the world. */
@Timeout(300)
class HttpsCheckTest {
    @TempDir
    static Path directory;

    private static final List<Process> SERVERS = new ArrayList<>();

    private final CheckBench bench = new CheckBench();

    @BeforeAll
    static void makeCertificates() throws Exception {
        authority("ca");
        authority("stranger");
        certificate("server", "ca", "subjectAltName=DNS:api.example,IP:127.0.0.1", 30);
        certificate("client", "ca", "keyUsage=digitalSignature", 30);
    }

    @AfterAll
    static void stopServers() {
        SERVERS.forEach(Process::destroyForcibly);
    }

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @Test
    void certificateOfTheAuthorityIsAccepted() throws Exception {
        Endpoint server = server();
        assertThat(check(server, Optional.empty(), tls("ca")).lastResult()).isEqualTo("HTTP 200");
    }

    @Test
    void certificateOfAStrangerIsNamed() throws Exception {
        assertThat(check(server(), Optional.empty(), tls("stranger")).lastResult())
                .isEqualTo("certificate not signed by any authority in " + file("stranger.pem"));
    }

    @Test
    void withoutAuthoritiesEveryCertificateIsAccepted() throws Exception {
        Probe.Tls insecure = new Probe.Tls(Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(check(server(), Optional.empty(), insecure).lastResult()).isEqualTo("HTTP 200");
    }

    @Test
    void hostIsTheServerNameAndIsVerified() throws Exception {
        Endpoint server = server(
                "server",
                "-servername",
                "api.example",
                "-servername_fatal",
                "-cert2",
                file("server.pem").toString(),
                "-key2",
                file("server.key").toString());
        assertThat(check(server, Optional.of("api.example"), tls("ca")).lastResult())
                .isEqualTo("HTTP 200");
        assertThat(check(server(), Optional.of("other.example"), tls("ca")).lastResult())
                .startsWith("certificate not accepted:")
                .contains("other.example");
    }

    @Test
    void clientCertificateOpensADoorThatIsClosedWithoutOne() throws Exception {
        Endpoint server = server(
                "server",
                "-Verify",
                "1",
                "-verify_return_error",
                "-CAfile",
                file("ca.pem").toString());
        Probe.Tls withCertificate = new Probe.Tls(
                Optional.of(file("ca.pem")), Optional.of(file("client.pem")), Optional.of(file("client.key")));
        assertThat(check(server, Optional.empty(), withCertificate).lastResult())
                .isEqualTo("HTTP 200");
        assertThat(check(server, Optional.empty(), tls("ca")).health()).isEqualTo(Health.DOWN);
    }

    @Test
    void missingFileIsNamed() throws Exception {
        CheckStatus status = check(server(), Optional.empty(), tls("nowhere"));
        assertThat(status.health()).isEqualTo(Health.DOWN);
        assertThat(status.lastResult()).isEqualTo("cannot read " + file("nowhere.pem") + ": no such file");
    }

    @Test
    void fileWithoutCertificateIsNamed() throws Exception {
        Files.writeString(file("empty.pem"), "nothing\n");
        assertThat(check(server(), Optional.empty(), tls("empty")).lastResult())
                .isEqualTo(file("empty.pem") + " holds no PEM certificate that can be read");
    }

    @Test
    void keyOfAnyKindOpensTheDoor() throws Exception {
        run(
                "openssl",
                "rsa",
                "-traditional",
                "-in",
                file("client.key").toString(),
                "-out",
                file("old.key").toString());
        Endpoint server = server(
                "server",
                "-Verify",
                "1",
                "-verify_return_error",
                "-CAfile",
                file("ca.pem").toString());
        Probe.Tls tls = new Probe.Tls(
                Optional.of(file("ca.pem")), Optional.of(file("client.pem")), Optional.of(file("old.key")));
        assertThat(check(server, Optional.empty(), tls).lastResult()).isEqualTo("HTTP 200");
    }

    @Test
    void keyOfAnotherCertificateIsNamedWithTheRemedy() throws Exception {
        Probe.Tls tls = new Probe.Tls(
                Optional.of(file("ca.pem")), Optional.of(file("client.pem")), Optional.of(file("server.key")));
        assertThat(check(server(), Optional.empty(), tls).lastResult())
                .contains("client.pem")
                .contains("server.key")
                .contains("belong together")
                .contains("openssl pkcs8 -topk8");
    }

    @Test
    void longChainOfTheClientGoesInPieces() throws Exception {
        Path chain = file("long.pem");
        Files.writeString(
                chain,
                Files.readString(file("client.pem"))
                        + Files.readString(file("ca.pem")).repeat(12));
        Endpoint server =
                server("server", "-Verify", "5", "-CAfile", file("ca.pem").toString());
        Probe.Tls tls = new Probe.Tls(Optional.of(file("ca.pem")), Optional.of(chain), Optional.of(file("client.key")));
        assertThat(check(server, Optional.empty(), tls).lastResult()).isEqualTo("HTTP 200");
    }

    @Test
    void expiredCertificateIsNamedAsSuch() throws Exception {
        certificate("expired", "ca", "subjectAltName=IP:127.0.0.1", -1);
        assertThat(check(server("expired"), Optional.empty(), tls("ca")).lastResult())
                .startsWith("certificate expired (");
    }

    @Test
    void oldServersVersionIsEnough() throws Exception {
        assertThat(check(server("server", "-tls1_2"), Optional.empty(), tls("ca"))
                        .lastResult())
                .isEqualTo("HTTP 200");
        assertThat(check(server("server", "-tls1_1"), Optional.empty(), tls("ca"))
                        .lastResult())
                .startsWith("TLS: ");
    }

    @Test
    void answerThatComesByteByByteIsRead() throws Exception {
        Endpoint server = server();
        Endpoint slow = bench.server(connection -> {
            try (Socket behind = new Socket(server.address(), server.port())) {
                Thread back = new Thread(() -> dribble(behind, connection));
                back.start();
                connection.getInputStream().transferTo(behind.getOutputStream());
                behind.shutdownOutput();
                back.join();
            }
        });
        assertThat(check(slow, Optional.empty(), tls("ca")).lastResult()).isEqualTo("HTTP 200");
    }

    private static void dribble(Socket from, Socket to) {
        try {
            to.setTcpNoDelay(true);
            for (int octet = from.getInputStream().read();
                    octet >= 0;
                    octet = from.getInputStream().read()) {
                to.getOutputStream().write(octet);
            }
        } catch (IOException e) {
            // The check has seen enough.
        }
    }

    @Test
    void otherCertificateOfTheServerIsVerifiedAnew() throws Exception {
        int port = freePort();
        Process good = serve(port, "server");
        Endpoint server = CheckBench.endpoint(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        certificate("impostor", "stranger", "subjectAltName=IP:127.0.0.1", 30);
        try (HealthWatch watch = watchOften(probe(server, Optional.empty(), tls("ca")))) {
            CheckBench.await(watch, status -> status.health() == Health.UP);
            good.destroyForcibly();
            good.waitFor();
            Process bad = serve(port, "impostor");
            CheckBench.await(watch, status -> status.lastResult().startsWith("certificate not signed"));
            bad.destroyForcibly();
            bad.waitFor();
            serve(port, "server");
            CheckBench.await(watch, status -> status.health() == Health.UP);
        }
    }

    @Test
    void renewedAuthorityIsReadAgain() throws Exception {
        Path ca = file("renewed.pem");
        Files.copy(file("stranger.pem"), ca);
        Endpoint server = server();
        try (HealthWatch watch = watchOften(probe(server, Optional.empty(), tls("renewed")))) {
            CheckBench.await(watch, status -> status.health() == Health.DOWN);
            Files.write(ca, Files.readAllBytes(file("ca.pem")));
            CheckBench.await(watch, status -> status.health() == Health.UP);
        }
    }

    @Test
    void serverThatDoesNotSpeakTlsIsNamed() throws Exception {
        Endpoint server = bench.answering("HTTP/1.1 400 Bad Request\r\n\r\nClient sent an HTTP request");
        assertThat(check(server, Optional.empty(), tls("ca")).lastResult()).isEqualTo("the answer is not TLS");
    }

    @Test
    void serverThatIsSilentInTheHandshakeRunsIntoTheTimeout() throws Exception {
        Endpoint server = bench.server(connection -> connection.getInputStream().readAllBytes());
        Timing second = new Timing(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(2), 1, 1);
        assertThat(bench.first(probe(server, Optional.empty(), tls("ca")), second)
                        .lastResult())
                .isEqualTo("timed out after 2 s in the TLS handshake");
    }

    @Test
    void serverThatHangsUpInTheHandshakeIsNamed() throws Exception {
        Endpoint server = bench.server(connection -> connection.getInputStream().read(new byte[4096]));
        assertThat(check(server, Optional.empty(), tls("ca")).lastResult())
                .isIn("connection closed without an answer", "connection reset by peer");
    }

    private CheckStatus check(Endpoint server, Optional<String> host, Probe.Tls tls) {
        return bench.first(probe(server, host, tls), CheckBench.PATIENT);
    }

    /** Ten times a second, with one answer for each verdict. */
    private HealthWatch watchOften(Probe probe) {
        Timing often = new Timing(Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofSeconds(10), 1, 1);
        return bench.monitor.watch(probe, null, often, true, HealthHysteresis.UNKNOWN, change -> {});
    }

    private static Probe probe(Endpoint server, Optional<String> host, Probe.Tls tls) {
        return new Probe.Http(Optional.of(server), host, "/", 200, 299, Optional.of(tls));
    }

    private static Probe.Tls tls(String authority) {
        return new Probe.Tls(Optional.of(file(authority + ".pem")), Optional.empty(), Optional.empty());
    }

    private static Path file(String name) {
        return directory.resolve(name);
    }

    /** {@code openssl s_server -www} answers every request with 200 and a page about the connection. */
    private static Endpoint server() throws Exception {
        return server("server");
    }

    private static Endpoint server(String certificate, String... more) throws Exception {
        int port = freePort();
        serve(port, certificate, more);
        return CheckBench.endpoint(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
    }

    private static Process serve(int port, String certificate, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_server",
                "-quiet",
                "-www",
                "-accept",
                "127.0.0.1:" + port,
                "-cert",
                file(certificate + ".pem").toString(),
                "-key",
                file(certificate + ".key").toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        SERVERS.add(process);
        awaitListening(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), process);
        return process;
    }

    private static void awaitListening(InetSocketAddress address, Process process) {
        for (int i = 0; i < 3000; i++) {
            assertThat(process.isAlive()).as("openssl s_server runs").isTrue();
            try (Socket socket = new Socket()) {
                socket.connect(address);
                return;
            } catch (IOException e) {
                CheckBench.sleep(10);
            }
        }
        throw new AssertionError("openssl s_server does not listen on " + address);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static void authority(String name) throws Exception {
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "30",
                "-subj",
                "/CN=" + name,
                "-keyout",
                file(name + ".key").toString(),
                "-out",
                file(name + ".pem").toString());
    }

    private static void certificate(String name, String authority, String extension, int days) throws Exception {
        Path request = file(name + ".csr");
        Path extensions = file(name + ".ext");
        Files.writeString(extensions, extension + "\n");
        run(
                "openssl",
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=" + name,
                "-keyout",
                file(name + ".key").toString(),
                "-out",
                request.toString());
        run(
                "openssl",
                "x509",
                "-req",
                "-in",
                request.toString(),
                "-days",
                Integer.toString(days),
                "-CA",
                file(authority + ".pem").toString(),
                "-CAkey",
                file(authority + ".key").toString(),
                "-CAcreateserial",
                "-extfile",
                extensions.toString(),
                "-out",
                file(name + ".pem").toString());
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
    }
}
