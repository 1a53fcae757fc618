package io.jenkins.plugins.baton.fleet.masters;

import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Held on all nodes while one operator changes or tests the cluster. It ends by itself when the operator vanishes. */
public final class Lock implements AutoCloseable {
    private final Masters masters;
    private final String token = UUID.randomUUID().toString();

    private Lock(Masters masters) {
        this.masters = masters;
    }

    /**
     * @param purpose what it is for, as in {@code drill agent-kill}
     * @param life after which a node takes the holder for gone
     * @throws FleetException of kind REFUSED with who holds it, where and for how long yet
     */
    public static Lock take(Masters masters, String purpose, Duration life, Progress progress) throws FleetException {
        Lock lock = new Lock(masters);
        String holder = System.getProperty("user.name") + " on " + hostName() + " (" + purpose + ")";
        boolean taken = false;
        try {
            Map<String, String> answers = masters.each(master -> lock.ask(master, "take", holder, life));
            List<String> held = new ArrayList<>();
            answers.forEach((node, answer) -> answer.lines().forEach(line -> {
                String[] words = line.split(" ", 3);
                if (words[0].equals("held")) {
                    held.add(node + ": " + words[2] + " holds the lock for " + words[1] + " s yet at most. Wait, or when "
                            + "nobody is there any more, remove /run/baton-fleet.lock on the node");
                } else if (words[0].equals("stale")) {
                    progress.say(node, "took over the lock of " + words[2] + ", which ended " + words[1] + " s ago");
                }
            }));
            if (!held.isEmpty()) {
                throw FleetException.refused(held);
            }
            taken = true;
            return lock;
        } finally {
            if (!taken) {
                lock.close();
            }
        }
    }

    private String ask(Master master, String action, String holder, Duration life) throws SshException {
        return master.require(
                action + " the lock",
                Script.of(Lock.class, "lock.sh", List.of(action, token, holder, String.valueOf(life.toSeconds()))));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "an unnamed host";
        }
    }

    /** Frees it where it is ours; a node that cannot be reached frees it by time or by its reboot. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            masters.each(master -> ask(master, "release", "", Duration.ZERO));
        } catch (FleetException e) {
            // Said above: it ends by itself.
            return;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
