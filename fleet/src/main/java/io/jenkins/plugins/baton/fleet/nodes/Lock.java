package io.jenkins.plugins.baton.fleet.nodes;

import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Held on all nodes while one operator changes or tests the cluster. A killed operator holds nothing: each node's lock
 * lives on the connection.
 */
public final class Lock implements AutoCloseable {
    private final List<NodeLock> locks = new ArrayList<>();
    private boolean mended;

    private Lock() {}

    /**
     * Takes it on all nodes, then ends what drills of killed operators left armed there.
     *
     * @param purpose what it is for, as in {@code drill agent-kill}
     * @throws FleetException REFUSED with who holds it and where; FAILED with every node that cannot be used
     */
    public static Lock take(NodeConnections nodes, String purpose, Progress progress) throws FleetException {
        nodes.each(connection -> connection.require("log in", Command.asRoot("true")));
        String holder = nodes.who() + " (" + purpose + ")";
        Lock lock = new Lock();
        try {
            // One node after the other: of two operators who come at the same moment one gets it.
            for (NodeConnection connection : nodes.all()) {
                lock.take(connection, nodes.operator(), holder);
            }
            lock.endAbandonedFaults(nodes, progress);
            return lock;
        } catch (FleetException e) {
            lock.close();
            throw e;
        }
    }

    private void take(NodeConnection connection, String operator, String holder) throws FleetException {
        NodeLock lock = new NodeLock(connection, operator, holder);
        locks.add(lock);
        try {
            Optional<String> rival = lock.rival();
            if (rival.isPresent()) {
                throw FleetException.refused(List.of(connection.name() + ": " + rival.get()));
            }
        } catch (SshException e) {
            throw FleetException.failed(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FleetException.failed("interrupted while taking the lock", e);
        }
    }

    private void endAbandonedFaults(NodeConnections nodes, Progress progress) throws FleetException {
        Map<String, String> ended = nodes.each(
                connection -> connection.require("end what a killed drill left", Faults.endAll(nodes.cluster())));
        ended.forEach((node, names) -> names.lines().forEach(name -> {
            mended = true;
            progress.say(node, "ended the fault " + name + " of a drill whose operator is gone");
        }));
    }

    /** Whether a fault was ended that a killed operator had left: the cluster may need a while to be steady. */
    public boolean mended() {
        return mended;
    }

    /** Whoever runs this program, for others. */
    public static String operator() {
        return System.getProperty("user.name") + " on " + hostName();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "an unnamed host";
        }
    }

    /** Frees it where it is ours. */
    @Override
    public void close() {
        locks.forEach(NodeLock::close);
    }
}
