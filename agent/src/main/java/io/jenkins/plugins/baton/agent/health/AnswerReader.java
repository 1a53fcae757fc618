package io.jenkins.plugins.baton.agent.health;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the status of an HTTP answer, and is not interested in the rest of it; pure. */
final class AnswerReader {
    private static final int MAX_FIRST_LINE = 4096;
    private static final int MAX_HEADER = 16384;

    /** RFC 9112 section 4, without a reason too. */
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/\\d+\\.\\d+[ \\t]+(\\d{3})(?:[ \\t].*)?");

    private final byte[] line = new byte[MAX_FIRST_LINE];
    /** Octets of the line so far: all of the first one, of the others only how many. */
    private int length;

    private int header;
    /** Of the first line; 0 until it has been read. */
    private int status;

    /**
     * Takes what has come.
     *
     * @return the status once the header is complete
     * @throws IOException when this is no answer of HTTP; the message says why
     */
    OptionalInt read(ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            byte octet = octets.get();
            if (octet != '\n') {
                take(octet);
            } else if (endOfLine()) {
                return OptionalInt.of(status);
            }
        }
        return OptionalInt.empty();
    }

    private void take(byte octet) throws IOException {
        if (status != 0) {
            length += octet == '\r' ? 0 : 1;
            if (++header > MAX_HEADER) {
                throw new IOException("the header of the answer is too long");
            }
            return;
        }
        if (length == MAX_FIRST_LINE) {
            throw new IOException("the first line of the answer is too long");
        }
        line[length++] = octet;
    }

    /** Whether it was the end of the header of the final answer. */
    private boolean endOfLine() throws IOException {
        boolean empty = length == 0 || status == 0 && length == 1 && line[0] == '\r';
        if (status == 0) {
            if (!empty) { // RFC 9112 section 2.2: an empty line before it is ignored
                status = status();
            }
        } else if (empty) {
            // RFC 9110 section 15.2: any number of 1xx answers may come before the final one.
            if (status >= 200) {
                return true;
            }
            status = 0;
            header = 0;
        }
        length = 0;
        return false;
    }

    private int status() throws IOException {
        int end = line[length - 1] == '\r' ? length - 1 : length;
        Matcher matcher = STATUS_LINE.matcher(new String(line, 0, end, StandardCharsets.ISO_8859_1));
        if (!matcher.matches()) {
            throw new IOException("the answer is not HTTP");
        }
        return Integer.parseInt(matcher.group(1));
    }
}
