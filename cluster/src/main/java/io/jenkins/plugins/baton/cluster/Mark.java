package io.jenkins.plugins.baton.cluster;

/**
 * A place in a file.
 *
 * @param line 1-based
 * @param column 1-based, in characters
 */
public record Mark(int line, int column) {
    public static final Mark START = new Mark(1, 1);
}
