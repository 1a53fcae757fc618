package io.jenkins.plugins.baton.agent.plane.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bytes, FINs and resets pass through as they came. */
@Timeout(120)
class RelayTest {
    private static final int LARGE = 64 * 1024 * 1024;

    @Test
    void serverMaySpeakFirst() throws Exception {
        try (TestServer server = TestServer.saying("hello");
                ProxyBench bench =
                        new ProxyBench().backend("b", server.address()).apply();
                Socket client = bench.connect()) {
            assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                    .isEqualTo("hello");
        }
    }

    @Test
    void clientMayFinishSpeakingAndStillHearsTheAnswer() throws Exception {
        TestServer.Behaviour answerAtTheEnd = connection -> {
            int heard = connection.getInputStream().readAllBytes().length;
            connection.getOutputStream().write(("heard " + heard).getBytes(UTF_8));
        };
        try (TestServer server = new TestServer(answerAtTheEnd);
                ProxyBench bench =
                        new ProxyBench().backend("b", server.address()).apply();
                Socket client = bench.connect()) {
            client.getOutputStream().write(new byte[12345]);
            client.shutdownOutput();
            assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                    .isEqualTo("heard 12345");
        }
    }

    @Test
    void serverMayFinishSpeakingAndStillHearsTheClient() throws Exception {
        CompletableFuture<Integer> heard = new CompletableFuture<>();
        TestServer.Behaviour finishFirst = connection -> {
            connection.getOutputStream().write("done".getBytes(UTF_8));
            connection.shutdownOutput();
            heard.complete(connection.getInputStream().readAllBytes().length);
        };
        try (TestServer server = new TestServer(finishFirst);
                ProxyBench bench =
                        new ProxyBench().backend("b", server.address()).apply();
                Socket client = bench.connect()) {
            assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                    .isEqualTo("done");
            client.getOutputStream().write(new byte[54321]);
            client.shutdownOutput();
            assertThat(heard.get(30, TimeUnit.SECONDS)).isEqualTo(54321);
        }
    }

    @Test
    void sessionEndsWhenBothHaveFinishedSpeaking() throws Exception {
        try (TestServer server = TestServer.echo();
                ProxyBench bench =
                        new ProxyBench().backend("b", server.address()).apply()) {
            try (Socket client = bench.connect()) {
                client.getOutputStream().write(new byte[100]);
                client.shutdownOutput();
                assertThat(client.getInputStream().readAllBytes()).hasSize(100);
                ProxyBench.await("the session ends", () -> bench.front().sessions() == 0);
            }
            ProxyBench.await("the session is logged", () -> !bench.logLines().isEmpty());
            assertThat(bench.logLines().get(0)).containsPattern(" front front/b \\d+/\\d+/\\d+ 100 -- ");
            assertThat(bench.front().bytesIn()).isEqualTo(100);
            assertThat(bench.front().bytesOut()).isEqualTo(100);
            assertThat(bench.back("b").sessions()).isZero();
        }
    }

    @Test
    void resetByTheServerReachesTheClientAsAReset() throws Exception {
        TestServer.Behaviour reset = connection -> {
            connection.getInputStream().read();
            connection.setSoLinger(true, 0);
        };
        try (TestServer server = new TestServer(reset);
                ProxyBench bench =
                        new ProxyBench().backend("b", server.address()).apply();
                Socket client = bench.connect()) {
            client.getOutputStream().write(1);
            assertThatThrownBy(() -> client.getInputStream().read())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("reset");
            ProxyBench.await("the session is logged", () -> !bench.logLines().isEmpty());
            assertThat(bench.logLines().get(0)).contains(" SD ");
        }
    }

    @Test
    void resetByTheClientReachesTheServerAsAReset() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        TestServer.Behaviour readOn = connection -> {
            try {
                connection.getInputStream().readAllBytes();
                seen.complete("end of stream");
            } catch (IOException e) {
                seen.complete(e.getMessage());
            }
        };
        try (TestServer server = new TestServer(readOn);
                ProxyBench bench =
                        new ProxyBench().backend("b", server.address()).apply()) {
            Socket client = bench.connect();
            client.getOutputStream().write(1);
            ProxyBench.await("the byte is there", () -> bench.back("b").bytesIn() == 1);
            client.setSoLinger(true, 0);
            client.close();
            assertThat(seen.get(30, TimeUnit.SECONDS)).contains("reset");
            ProxyBench.await("the session is logged", () -> !bench.logLines().isEmpty());
            assertThat(bench.logLines().get(0)).contains(" CD ");
        }
    }

    @Test
    void muchDataBothWaysAtOnceArrivesUnchanged() throws Exception {
        try (TestServer server = TestServer.echo();
                ProxyBench bench =
                        new ProxyBench().backend("b", server.address()).apply();
                Socket client = bench.connect()) {
            CompletableFuture<String> sent = CompletableFuture.supplyAsync(() -> send(client, LARGE));
            assertThat(received(client.getInputStream(), 0)).isEqualTo(sent.get(60, TimeUnit.SECONDS));
            assertThat(bench.front().bytesOut()).isEqualTo(LARGE);
        }
    }

    @Test
    void slowReaderGetsEverythingAndHoldsUpTheSender() throws Exception {
        TestServer.Behaviour download = connection -> send(connection, LARGE);
        try (TestServer server = new TestServer(download);
                ProxyBench bench =
                        new ProxyBench().backend("b", server.address()).apply();
                Socket client = bench.connect()) {
            ProxyBench.await("the flow has stopped", () -> isSteady(bench.front()));
            // What is on its way is in the kernel's buffers; all of it would be if nothing held it up.
            assertThat(bench.front().bytesOut()).isPositive().isLessThan(LARGE / 2);
            String expected = digest(LARGE);
            assertThat(received(client.getInputStream(), 5)).isEqualTo(expected);
        }
    }

    private static boolean isSteady(ProxyFrontend front) {
        long before = front.bytesOut();
        sleep(300);
        return before > 0 && front.bytesOut() == before;
    }

    /** Sends pseudo-random bytes, then ends its output; returns their digest. */
    private static String send(Socket socket, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Random random = new Random(42);
            byte[] piece = new byte[100_000];
            OutputStream out = socket.getOutputStream();
            for (int left = length; left > 0; left -= piece.length) {
                random.nextBytes(piece);
                int now = Math.min(left, piece.length);
                digest.update(piece, 0, now);
                out.write(piece, 0, now);
            }
            socket.shutdownOutput();
            return HexFormat.of().formatHex(digest.digest());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String digest(int length) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Random random = new Random(42);
        byte[] piece = new byte[100_000];
        for (int left = length; left > 0; left -= piece.length) {
            random.nextBytes(piece);
            digest.update(piece, 0, Math.min(left, piece.length));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String received(InputStream stream, int pauseMillisPerMegabyte) throws Exception {
        DigestInputStream in = new DigestInputStream(stream, MessageDigest.getInstance("SHA-256"));
        while (in.readNBytes(1024 * 1024).length > 0) {
            sleep(pauseMillisPerMegabyte);
        }
        return HexFormat.of().formatHex(in.getMessageDigest().digest());
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
