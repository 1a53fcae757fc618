package io.jenkins.plugins.baton.fleet.nodes;

import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import java.time.Instant;

/**
 * How a node's wall clock relates to ours, by the quickest of some round trips (as in Cristian's algorithm).
 *
 * @param zeroNanos the node's wall clock, in ns since 1970, when our {@link System#nanoTime} was 0
 * @param roundTripNanos of the exchange; half of it is how wrong the relation can be
 * @param offsetMillis the node's wall clock minus ours
 */
public record NodeClock(long zeroNanos, long roundTripNanos, double offsetMillis) {
    private static final int EXCHANGES = 4;

    public static NodeClock of(NodeConnection connection) throws SshException {
        NodeClock best = null;
        for (int i = 0; i < EXCHANGES; i++) {
            long before = System.nanoTime();
            long ours = System.currentTimeMillis();
            String output = connection.require("read the clock", Command.asUser("date +%s%N"));
            long after = System.nanoTime();
            long node = nanos(connection, output.strip());
            long middle = before + (after - before) / 2;
            double offset = (node - (ours * 1_000_000L + (after - before) / 2)) / 1e6;
            if (best == null || after - before < best.roundTripNanos) {
                best = new NodeClock(node - middle, after - before, offset);
            }
        }
        return best;
    }

    private static long nanos(NodeConnection connection, String printed) throws SshException {
        try {
            return Long.parseLong(printed);
        } catch (NumberFormatException e) {
            throw new SshException(
                    connection.name(),
                    "cannot read the clock: `date +%s%N` of GNU coreutils prints nanoseconds, "
                            + "and this one printed \"" + printed + "\"",
                    e);
        }
    }

    public double errorMillis() {
        return roundTripNanos / 2e6;
    }

    /** Our {@link System#nanoTime} at an instant of the node's clock. */
    public long nanoTime(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano())
                - zeroNanos;
    }
}
