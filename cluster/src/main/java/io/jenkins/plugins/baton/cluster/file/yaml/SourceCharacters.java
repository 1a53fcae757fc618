package io.jenkins.plugins.baton.cluster.file.yaml;

import io.jenkins.plugins.baton.cluster.Mark;
import java.util.Optional;

/** The text of a file by the offsets of its parser, which counts code points: what a token does not say of itself. */
final class SourceCharacters {
    private final int[] codePoints;

    SourceCharacters(String text) {
        this.codePoints = text.codePoints().toArray();
    }

    /** @return a code point; a line feed after the end */
    int at(int offset) {
        return offset < codePoints.length ? codePoints[offset] : '\n';
    }

    /** Whether a scalar that begins there is in quotes or a block. */
    boolean isQuoted(int offset) {
        return "\"'|>".indexOf(at(offset)) >= 0;
    }

    /** What stands there, up to a space, a line's end or a bracket: an alias, an anchor or a tag. */
    String word(int offset) {
        int end = offset;
        while (" \n,[]{}".indexOf(at(end)) < 0) {
            end++;
        }
        return new String(codePoints, offset, end - offset);
    }

    /** The last {@code ---} that begins a line not after the given one. */
    Optional<Mark> documentMarker(int lastLine) {
        Optional<Mark> marker = Optional.empty();
        int line = 1;
        for (int start = 0; start < codePoints.length && line <= lastLine; start = nextLine(start)) {
            if (at(start) == '-' && at(start + 1) == '-' && at(start + 2) == '-') {
                marker = Optional.of(new Mark(line, 1));
            }
            line++;
        }
        return marker;
    }

    private int nextLine(int start) {
        int end = start;
        while (at(end) != '\n') {
            end++;
        }
        return end + 1;
    }
}
