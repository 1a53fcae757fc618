package io.jenkins.plugins.baton.lab.probe;

/**
 * One thing that a client did, and how it ended. Times are {@link System#nanoTime}, which is the same clock for all JVMs
 * of a machine.
 *
 * @param kind a new connection, or a request on a long-lived one
 * @param start when it began
 * @param end when it ended, well or not
 * @param outcome how
 * @param connection which of the long-lived ones it was, in words; empty for a new one
 */
record Observation(Kind kind, long start, long end, Outcome outcome, String connection) {
    enum Kind {
        CONNECT,
        REQUEST
    }

    enum Outcome {
        ANSWERED,
        REFUSED,
        RESET,
        CLOSED,
        UNREACHABLE,
        TIMED_OUT
    }

    static Observation connect(long start, long end, Outcome outcome) {
        return new Observation(Kind.CONNECT, start, end, outcome, "");
    }

    long durationNanos() {
        return end - start;
    }

    boolean isAnswered() {
        return outcome == Outcome.ANSWERED;
    }

    /** One line between the two JVMs. */
    String toLine() {
        return kind + " " + start + " " + end + " " + outcome + " " + connection;
    }

    static Observation ofLine(String line) {
        String[] words = line.split(" ", 5);
        return new Observation(
                Kind.valueOf(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Outcome.valueOf(words[3]),
                words[4]);
    }
}
