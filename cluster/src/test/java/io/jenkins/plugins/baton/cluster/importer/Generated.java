package io.jenkins.plugins.baton.cluster.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A configuration made from a seed, with what of each line would have to be found in a cluster file that carries it.
 * Everything in it is accepted by the program that it is for.
 */
final class Generated {
    /** @param value what the cluster file has of the line; empty where only its comment tells */
    record Line(int number, String text, String value) {}

    private final Random random;
    private final List<Line> lines = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int number;

    Generated(Random random) {
        this.random = random;
    }

    String text() {
        return text.toString();
    }

    /** The directives. */
    List<Line> lines() {
        return lines;
    }

    /** A line that is a directive. */
    Generated line(String directive, String value) {
        raw(directive);
        lines.add(new Line(number, directive.strip(), value));
        return this;
    }

    /** A line that is none: a brace, a block whose lines count, a comment. */
    Generated raw(String line) {
        number++;
        text.append(line).append('\n');
        return this;
    }

    int upTo(int most) {
        return 1 + random.nextInt(most);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    @SafeVarargs
    final <T> T any(T... values) {
        return values[random.nextInt(values.length)];
    }
}
