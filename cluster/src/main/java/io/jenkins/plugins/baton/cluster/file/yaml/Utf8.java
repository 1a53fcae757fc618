package io.jenkins.plugins.baton.cluster.file.yaml;

import io.jenkins.plugins.baton.cluster.Mark;
import io.jenkins.plugins.baton.cluster.Problems;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Bytes to text, refusing what an editor does not show but a parser stumbles over. */
final class Utf8 {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char LINE_SEPARATOR = '\u2028';
    private static final char PARAGRAPH_SEPARATOR = '\u2029';

    /** YAML 1.2 section 5.1: printable characters end before it. */
    private static final char FIRST_NONCHARACTER = '\uFFFE';

    private Utf8() {}

    /** @return the text, or empty when it cannot be parsed any further; mistakes have been added then */
    static Optional<String> decode(byte[] bytes, Problems problems) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            problems.add(
                    endOf(text),
                    String.format("the byte 0x%02X is not UTF-8; save the file as UTF-8", bytes[in.position()] & 0xFF));
            return Optional.empty();
        }
        return withoutInvisibles(text, problems);
    }

    /** A BOM and carriage returns are reported and dropped, so that the rest is still read; others end the reading. */
    private static Optional<String> withoutInvisibles(String decoded, Problems problems) {
        boolean bom = decoded.indexOf(BYTE_ORDER_MARK) == 0;
        if (bom) {
            problems.add(Mark.START, "a byte order mark (U+FEFF); save the file as UTF-8 without it");
        }
        String text = bom ? decoded.substring(1) : decoded;
        int carriageReturn = text.indexOf('\r');
        if (carriageReturn >= 0) {
            problems.add(
                    endOf(text.substring(0, carriageReturn)),
                    "a carriage return (Windows line end); save the file with Unix line ends (LF)");
        }
        return reportControls(text, problems)
                ? Optional.empty()
                : Optional.of(text.replace("\r\n", "\n").replace('\r', '\n'));
    }

    /** One report a line is enough. */
    private static boolean reportControls(String text, Problems problems) {
        boolean any = false;
        boolean lineReported = false;
        int line = 1;
        int column = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            column += Character.isLowSurrogate(c) ? 0 : 1;
            if (c == '\n') {
                line++;
                column = 0;
                lineReported = false;
            } else if (!lineReported && c != '\r' && isRefused(c)) {
                String what = c == '\t'
                        ? "a tab character; use spaces"
                        : String.format("the invisible character U+%04X; remove it", (int) c);
                problems.add(new Mark(line, column), what);
                lineReported = true;
                any = true;
            }
        }
        return any;
    }

    /** Beside controls: what YAML does not allow at all, and line ends to the parser that are none to an editor. */
    private static boolean isRefused(char c) {
        return Character.isISOControl(c)
                || c == BYTE_ORDER_MARK
                || c == LINE_SEPARATOR
                || c == PARAGRAPH_SEPARATOR
                || c >= FIRST_NONCHARACTER;
    }

    private static Mark endOf(String text) {
        int lastBreak = text.lastIndexOf('\n');
        int line = (int) text.chars().filter(c -> c == '\n').count() + 1;
        return new Mark(line, text.codePointCount(lastBreak + 1, text.length()) + 1);
    }
}
