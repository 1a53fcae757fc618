package io.jenkins.plugins.baton.agent.health;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
    private final AnswerReader reader = new AnswerReader();

    private OptionalInt read(String text) throws IOException {
        return reader.read(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.0 204\n\n",
                "\r\nHTTP/1.1 204 \r\nDate: now\r\nX: \u00e9\r\n\r\nand a body",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No\r\nA: b\r\n\r\n",
            })
    void statusIsThatOfTheFinalAnswerOnceItsHeaderIsComplete(String answer) throws Exception {
        assertThat(read(answer)).hasValue(204);
    }

    @Test
    void answerMayComeOctetByOctet() throws Exception {
        String answer = "HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n";
        for (char octet : answer.substring(0, answer.length() - 1).toCharArray()) {
            assertThat(read(String.valueOf(octet))).isEmpty();
        }
        assertThat(read("\n")).hasValue(301);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "ICY 200 OK\r\n",
                "HTTP/1.1 2000 OK\r\n",
                "HTTP/1.1 20x OK\r\n",
                "HTTP/1.1\r\n",
                "HTTP/one 200 OK\r\n",
                "\0\1\2 binary\n",
            })
    void whatHasNoStatusLineIsNoHttp(String answer) {
        assertThatThrownBy(() -> read(answer)).isInstanceOf(IOException.class).hasMessage("the answer is not HTTP");
    }

    @Test
    void lengthsHaveLimits() throws Exception {
        assertThat(read("HTTP/1.1 200 " + "x".repeat(4000) + "\r\n" + ("X: " + "y".repeat(97) + "\r\n").repeat(160)))
                .isEmpty();
        assertThatThrownBy(() -> read("z".repeat(400))).hasMessage("the header of the answer is too long");
        assertThatThrownBy(() -> new AnswerReader().read(ByteBuffer.allocate(4097)))
                .hasMessage("the first line of the answer is too long");
    }
}
