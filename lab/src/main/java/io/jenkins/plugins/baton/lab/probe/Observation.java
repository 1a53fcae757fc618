package io.jenkins.plugins.baton.lab.probe;

import io.jenkins.plugins.baton.probe.LongLived.Loss;
import io.jenkins.plugins.baton.probe.Sample;

/** What a client in its own JVM reports, as lines of text. Times are {@link System#nanoTime}. */
sealed interface Observation {

    /** A new connection. */
    record Connect(Sample sample) implements Observation {
        @Override
        public String toLine() {
            return String.join(
                    "\t",
                    "connect",
                    "" + sample.start(),
                    "" + sample.end(),
                    sample.result().name());
        }
    }

    /** A long-lived connection that broke. */
    record Lost(Loss loss) implements Observation {
        @Override
        public String toLine() {
            return String.join(
                    "\t",
                    "lost",
                    "" + loss.port(),
                    loss.answer().replaceAll("\\s", " "),
                    "" + loss.asked(),
                    "" + loss.at(),
                    loss.reason().replaceAll("\\s", " "));
        }
    }

    /**
     * Every connect that began before this time has been reported.
     *
     * @param answered requests on long-lived connections that were answered from the client's beginning to this time
     */
    record Complete(long until, long answered) implements Observation {
        @Override
        public String toLine() {
            return String.join("\t", "complete", "" + until, "" + answered);
        }
    }

    String toLine();

    static Observation ofLine(String line) {
        String[] f = line.split("\t", -1);
        return switch (f[0]) {
            case "connect" ->
                new Connect(new Sample(Long.parseLong(f[1]), Long.parseLong(f[2]), Sample.Result.valueOf(f[3])));
            case "lost" ->
                new Lost(new Loss(Integer.parseInt(f[1]), f[2], Long.parseLong(f[3]), Long.parseLong(f[4]), f[5]));
            default -> new Complete(Long.parseLong(f[1]), Long.parseLong(f[2]));
        };
    }
}
