package io.jenkins.plugins.baton.fleet.masters;

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
    private final List<Hold> holds = new ArrayList<>();
    private boolean mended;

    private Lock() {}

    /**
     * Takes it on all nodes, then ends what drills of killed operators left armed there.
     *
     * @param purpose what it is for, as in {@code drill agent-kill}
     * @throws FleetException REFUSED with who holds it and where; FAILED with every node that cannot be used
     */
    public static Lock take(Masters masters, String purpose, Progress progress) throws FleetException {
        masters.each(master -> master.require("log in", Command.asRoot("true")));
        String holder = System.getProperty("user.name") + " on " + hostName() + " (" + purpose + ")";
        Lock lock = new Lock();
        try {
            // One node after the other: of two operators who come at the same moment one gets it.
            for (Master master : masters.all()) {
                lock.take(master, masters.operator(), holder);
            }
            lock.endAbandonedFaults(masters, progress);
            return lock;
        } catch (FleetException e) {
            lock.close();
            throw e;
        }
    }

    private void take(Master master, String operator, String holder) throws FleetException {
        Hold hold = new Hold(master, operator, holder);
        holds.add(hold);
        try {
            Optional<String> rival = hold.rival();
            if (rival.isPresent()) {
                throw FleetException.refused(List.of(master.name() + ": " + rival.get() + " holds the lock. Wait for its "
                        + "end; the lock of one who was killed is free at once, of one whose host vanished after "
                        + Hold.SILENCE.toSeconds() + " s"));
            }
        } catch (SshException e) {
            throw FleetException.failed(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FleetException.failed("interrupted while taking the lock", e);
        }
    }

    private void endAbandonedFaults(Masters masters, Progress progress) throws FleetException {
        Map<String, String> ended = masters.each(
                master -> master.require("end what a killed drill left", Faults.endAll(masters.cluster())));
        ended.forEach((node, names) -> names.lines().forEach(name -> {
            mended = true;
            progress.say(node, "ended the fault " + name + " of a drill whose operator is gone");
        }));
    }

    /** Whether a fault was ended that a killed operator had left: the cluster may need a while to be steady. */
    public boolean mended() {
        return mended;
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
        holds.forEach(Hold::close);
    }
}
