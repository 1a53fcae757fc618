package io.jenkins.plugins.baton.cluster.file.yaml;

import java.util.Comparator;

/**
 * A place in a file.
 *
 * @param line 1-based
 * @param column 1-based, in characters
 */
public record Mark(int line, int column) implements Comparable<Mark> {
    public static final Mark START = new Mark(1, 1);

    private static final Comparator<Mark> ORDER =
            Comparator.comparingInt(Mark::line).thenComparingInt(Mark::column);

    @Override
    public int compareTo(Mark other) {
        return ORDER.compare(this, other);
    }
}
