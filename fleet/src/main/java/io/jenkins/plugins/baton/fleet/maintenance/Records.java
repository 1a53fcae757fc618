package io.jenkins.plugins.baton.fleet.maintenance;

import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.nodes.Script;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The records of maintenances on the nodes' disks. The agents act on them, also after a restart or a reboot, and the lock of
 * all operators heeds them. Each runs out by itself, by the clock of its node.
 */
final class Records {
    private static final String OVER = "over";

    private final NodeConnections nodes;

    Records(NodeConnections nodes) {
        this.nodes = nodes;
    }

    /**
     * Writes them on all nodes; only for one who has the lock.
     *
     * @param token tells this maintenance from all others
     * @param by who said so, for others; one line
     * @return until when the node itself stays out at most, by its clock
     */
    Instant begin(String token, String node, Duration atMost, String by) throws FleetException {
        List<String> arguments =
                List.of(token, node, String.valueOf(atMost.toSeconds()), by.replaceAll("\\p{Cntrl}", " "));
        Map<String, String> until = nodes.each(connection -> connection.require(
                "write down the maintenance of " + node, Script.of(Records.class, "begin.sh", arguments)));
        try {
            return Instant.ofEpochSecond(Long.parseLong(until.get(node).strip()));
        } catch (NumberFormatException e) {
            throw FleetException.failed(
                    node + ": the clock cannot be read: \"" + until.get(node).strip() + "\"", e);
        }
    }

    /**
     * The agents enable the node, and the nodes stay locked for others.
     *
     * @return whether it had not run out by itself on that node
     */
    boolean release(NodeConnection connection, String token, Duration locked) throws SshException {
        return !end(connection, token, locked.toSeconds()).equals(OVER);
    }

    /** Nothing of it stays there. */
    void remove(NodeConnection connection, String token) throws SshException {
        end(connection, token, 0);
    }

    /** Ends whatever maintenance of that node there is, whoever began it, on all nodes. */
    void removeAllOf(String node) throws FleetException {
        nodes.each(connection -> end(connection, "node:" + node, 0));
    }

    private static String end(NodeConnection connection, String which, long lockedSeconds) throws SshException {
        return connection
                .require(
                        "end the maintenance",
                        Script.of(Records.class, "end.sh", List.of(which, String.valueOf(lockedSeconds))))
                .strip();
    }

    /** What {@link Recovery#leaving} reads. */
    static Command leaving() {
        return Script.of(Records.class, "leaving.sh", List.of());
    }
}
