package io.jenkins.plugins.baton.fleet.deploy.rollout;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.fleet.Deadline;
import io.jenkins.plugins.baton.fleet.DeferredInterrupt;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.deploy.plan.Change;
import io.jenkins.plugins.baton.fleet.deploy.removal.Uninstallation;
import io.jenkins.plugins.baton.fleet.nodes.Layout;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.nodes.Script;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Puts one node back to its state before its turn. */
final class Rollback {
    /** For a node that boots just now. */
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final Cluster cluster;
    private final Change change;
    private final NodeConnection connection;
    private final Duration restart;
    private final Command script;
    private final Progress progress;

    /**
     * @param turn a word of its own for each turn: a node may have been cut off before anything of it was done
     * @param restart how long a stop of the new agent and a start of the old one may take
     */
    Rollback(
            Cluster cluster,
            Change change,
            NodeConnection connection,
            String turn,
            Duration restart,
            Progress progress) {
        this.cluster = cluster;
        this.change = change;
        this.connection = connection;
        this.script = script(turn);
        this.restart = restart;
        this.progress = progress;
    }

    static Command script(String turn) {
        return Script.of(Rollback.class, "rollback.sh", List.of(turn));
    }

    /**
     * Puts it back; an interrupt that came before does not keep it from that, another one does.
     *
     * @param before the nodes that had their turn, for the message
     * @return what went wrong, and what became of the node
     */
    FleetException after(String problem, List<String> before) {
        return DeferredInterrupt.during(interrupted -> {
            if (interrupted) {
                progress.say(change.node(), "interrupted in its turn: it is put back first");
            }
            return tried(problem, before);
        });
    }

    private FleetException tried(String problem, List<String> before) {
        String node = change.node();
        List<String> reasons = new ArrayList<>();
        reasons.add(problem.startsWith(node + ": ") ? problem : node + ": " + problem);
        try {
            putBack().lines().filter(line -> !line.isBlank()).forEach(line -> reasons.add("  its agent said: " + line));
            reasons.add(node + ": was rolled back to its previous state");
        } catch (SshException | FleetException e) {
            reasons.add(node + ": could not be rolled back (" + e.getMessage()
                    + "); when it can be reached, deploy again or run `baton undeploy`");
        }
        reasons.add(
                before.isEmpty()
                        ? "no other node was touched"
                        : "already changed: " + String.join(", ", before) + "; the others are as they were");
        return FleetException.failed(reasons);
    }

    /** The last words of the agent that is taken away. */
    private String putBack() throws SshException, FleetException {
        Deadline deadline = Deadline.in(TIMEOUT);
        boolean told = false;
        while (true) {
            try {
                return tryToPutBack();
            } catch (SshException e) {
                if (deadline.isOver()) {
                    throw e;
                }
                if (!told) {
                    told = true;
                    progress.say(
                            change.node(),
                            "cannot be rolled back yet; trying for " + TIMEOUT.toMinutes()
                                    + " minutes, as it may be booting: " + e.getMessage());
                }
                Polling.pause();
            }
        }
    }

    private String tryToPutBack() throws SshException {
        String said = connection
                .run(Command.asRoot(
                        "journalctl --unit " + Layout.SERVICE + " --lines 8 --no-pager --output cat 2> /dev/null"))
                .output();
        if (change.first()) {
            new Uninstallation(cluster, progress).of(connection);
            return said;
        }
        connection.require("put it back", script.within(restart));
        Uninstallation.restorePair(connection, progress);
        return said;
    }
}
