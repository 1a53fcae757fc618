package io.jenkins.plugins.baton.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepAliveConnectionTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** What a client makes of an answer. */
    private static String answer(String answer) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> serve(server, answer), "server");
            thread.setDaemon(true);
            thread.start();
            InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
            Target target = new Target("server", address, false, Optional.of("/"));
            try (KeepAliveConnection connection = KeepAliveConnection.open(target, TIMEOUT)) {
                return connection.answer();
            }
        }
    }

    private static void serve(ServerSocket server, String answer) {
        try (Socket client = server.accept()) {
            client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().flush();
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The client has seen enough.
            return;
        }
    }

    @Test
    void answersWithALengthAndInChunksAreRead() throws Exception {
        assertThat(answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")).isEqualTo("ok");
        assertThat(answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\nok\r\n0\r\n\r\n"))
                .isEqualTo("ok");
    }

    /** An IOException counts as a loss; anything else would end the thread that counts. */
    @ParameterizedTest
    @CsvSource({
        "many, it has the length 'many'",
        "-1, the answer has -1 bytes",
        "99999999999, the answer has 99999999999 bytes",
        "99999999999999999999, it has the length '99999999999999999999'"
    })
    void aLengthThatIsNoneIsALoss(String length, String sentence) {
        assertThatThrownBy(() -> answer("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource({"x, it has the length 'x'", "-1, the answer has -1 bytes", "fffffffff, the answer has 68719476735 bytes"
    })
    void aChunkWithoutALengthIsALoss(String length, String sentence) {
        assertThatThrownBy(() -> answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + length + "\r\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void aHeaderThatDoesNotEndIsALoss() {
        assertThatThrownBy(() -> answer("HTTP/1.1 200 OK\r\nX: " + "x".repeat(1 << 17)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than 65536 characters");
    }
}
