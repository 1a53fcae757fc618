package io.jenkins.plugins.baton.cluster.importer.text;

/**
 * A word of a configuration.
 *
 * @param text without the quotes that enclosed it
 * @param column where it begins, 1-based
 * @param quoted whether quotes enclosed it or a part of it
 */
public record Word(String text, int column, boolean quoted) {
    /** What both programs take for a space: ASCII's only (isspace in the C locale). */
    public static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    /** The column of its first character that is not ASCII; 0 when there is none. */
    int firstBeyondAscii() {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 126) {
                return column + (quoted ? 1 : 0) + i;
            }
        }
        return 0;
    }
}
