package io.jenkins.plugins.baton.fleet.ssh.output;

import java.util.OptionalInt;
import java.util.function.Consumer;

/** One output of a command, line by line: what lies between the marks is the command's, the rest is noise. One thread. */
public final class Framed {
    private static final int MAX_NOISE = 2000;

    /** How much of the command's own is kept. */
    public enum Keep {
        /** All; too much is an error. */
        ALL,
        /** The beginning: whoever hears the lines decides what matters, and the command may speak for days. */
        BEGINNING
    }

    private final String begin;
    private final String end;
    private final Consumer<String> lines;
    private final Keep keep;
    private final int limit;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder noise = new StringBuilder();
    private boolean begun;
    private boolean ended;
    /** Something of the command's own is not kept, so nothing that follows is. */
    private boolean full;

    private OptionalInt status = OptionalInt.empty();

    /**
     * @param lines hears the command's own as they come
     * @param limit of the characters that are kept
     */
    public Framed(String mark, Consumer<String> lines, Keep keep, int limit) {
        this.begin = begin(mark);
        this.end = end(mark);
        this.lines = lines;
        this.keep = keep;
        this.limit = limit;
    }

    /** What a command prints on both outputs before it begins. */
    public static String begin(String mark) {
        return mark + "-begin";
    }

    /** What it prints there when it has ended; its exit status may follow. */
    public static String end(String mark) {
        return mark + "-end-";
    }

    /**
     * One more line, without its end.
     *
     * @throws OutputTooLongException when all is to be kept, and is too much
     */
    public void line(String line) throws OutputTooLongException {
        if (!begun) {
            int at = line.indexOf(begin);
            begun = at >= 0;
            noise(begun ? line.substring(0, at) : line);
        } else if (!ended) {
            int at = line.indexOf(end);
            ended = at >= 0;
            if (ended) {
                status = number(line.substring(at + end.length()));
            }
            if (at != 0) {
                own(ended ? line.substring(0, at) : line);
            }
        }
    }

    private void own(String line) throws OutputTooLongException {
        full |= text.length() + line.length() >= limit;
        if (!full) {
            text.append(line).append('\n');
        } else if (keep == Keep.ALL) {
            throw new OutputTooLongException(limit);
        }
        lines.accept(line);
    }

    private void noise(String line) {
        if (noise.length() < MAX_NOISE && !line.isBlank()) {
            noise.append(line.strip()).append('\n');
        }
    }

    private static OptionalInt number(String digits) {
        return digits.matches("[0-9]{1,3}") ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }

    /** Whether the command began at all. */
    public boolean begun() {
        return begun;
    }

    /** The command's own, as far as it is kept. */
    public String text() {
        return text.toString();
    }

    /** What came before the command. */
    public String noise() {
        return noise.toString().strip();
    }

    /** As the command itself ended, whatever stands between says. */
    public OptionalInt status() {
        return status;
    }
}
