package io.jenkins.plugins.baton.fleet.deploy;

import io.jenkins.plugins.baton.fleet.DeferredInterrupt;
import io.jenkins.plugins.baton.fleet.FileTrouble;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.deploy.plan.Change;
import io.jenkins.plugins.baton.fleet.deploy.rollout.DeploymentRecovery;
import io.jenkins.plugins.baton.fleet.nodes.AgentProgram;
import io.jenkins.plugins.baton.fleet.nodes.Layout;
import io.jenkins.plugins.baton.fleet.nodes.LostOperatorRecovery;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.nodes.Script;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What waits on the nodes for their turns. */
final class Staging {
    private static final Duration UPLOAD = Duration.ofMinutes(10);

    private final DeploymentTask task;
    private final Map<String, Change> changes;

    Staging(DeploymentTask task, List<Change> changes) {
        this.task = task;
        this.changes = changes.stream().collect(Collectors.toMap(Change::node, Function.identity()));
    }

    /** Everything that can fail without any effect: upload, unpack, check of the file by the release itself. */
    void prepare() throws FleetException {
        DeploymentRecovery recovery =
                new DeploymentRecovery(task.cluster(), task.nodes().who());
        task.nodes().each(connection -> {
            Change change = changes.get(connection.name());
            if (change != null) {
                connection.require("state the recovery", recovery.waiting(forget(change)));
                prepare(change, connection);
            }
            return connection;
        });
    }

    /** Takes away what waits for that turn. */
    Command forget(Change change) {
        String secret =
                change.first() ? task.cluster().secret().map(Path::toString).orElse("") : "";
        return forget(change.upload(), secret);
    }

    private Command forget(boolean release, String secret) {
        return Script.of(Staging.class, "forget.sh", List.of(task.release().id(), release ? "yes" : "no", secret));
    }

    /** Brings release and cluster file to the node and has the release check the file; nothing in use changes. */
    private void prepare(Change change, NodeConnection connection) throws SshException {
        if (change.upload()) {
            send(connection);
            task.progress()
                    .say(change.node(), "has the release " + task.release().id());
        }
        String waiting = Layout.CLUSTER_FILE + ".new";
        connection.require(
                "write " + waiting,
                Command.asRoot("umask 077; mkdir -p " + Layout.CONFIGURATION + " && cat > " + waiting)
                        .reading(clusterFile(connection)));
        String written = connection.require("read " + waiting, Command.asRoot("sha256sum < " + waiting));
        if (!written.startsWith(task.file().hash())) {
            throw new SshException(connection.name(), "the cluster file did not arrive as it was sent; deploy again");
        }
        connection.require("make the agent's user", Script.of(Staging.class, "user.sh", List.of()));
        connection.require(
                "use this cluster file with the release " + task.release().id(),
                Command.asRoot(AgentProgram.trial(task.release().program(), "check " + waiting)));
    }

    private void send(NodeConnection connection) throws SshException {
        String part = Layout.RELEASES + "/." + task.release().id() + ".part";
        try (InputStream archive = Files.newInputStream(task.release().file())) {
            connection.require(
                    "upload the release",
                    Command.asRoot("umask 022; mkdir -p " + Layout.RELEASES + " && cat > " + Command.quote(part))
                            .reading(archive)
                            .within(UPLOAD));
        } catch (IOException e) {
            throw new SshException(
                    connection.name(),
                    "the release " + task.release().file() + " cannot be read: " + FileTrouble.reason(e),
                    e);
        }
        connection.require(
                "unpack the release",
                Script.of(
                                Staging.class,
                                "unpack.sh",
                                List.of(task.release().id(), task.release().hash()))
                        .within(UPLOAD));
    }

    private InputStream clusterFile(NodeConnection connection) throws SshException {
        try {
            return Files.newInputStream(task.file().path());
        } catch (IOException e) {
            throw new SshException(
                    connection.name(),
                    "the cluster file " + task.file().path() + " cannot be read: " + FileTrouble.reason(e),
                    e);
        }
    }

    /**
     * What waited for a turn that never came goes again: it must not surprise the next deployment, nor stay on a bare host. An
     * interrupt does not keep it from that.
     */
    void forgetUnused(List<String> changed) {
        allTheSame("what waited on a node is removed there when it notices: ", connection -> {
            Change change = changes.get(connection.name());
            boolean unused = change != null && !changed.contains(connection.name());
            return unused ? forget(change) : forget(false, "");
        });
    }

    /** Nothing is begun any more that a node would have to end. */
    void withdraw() {
        // A node that cannot be reached does what it is to do by itself, and that is nothing new.
        allTheSame("", connection -> LostOperatorRecovery.withdraw());
    }

    /** An interrupt, or a node that cannot be reached, does not keep the others from it. */
    private void allTheSame(String complaint, Function<NodeConnection, Command> work) {
        DeferredInterrupt.during(() -> {
            try {
                task.nodes().each(connection -> connection.run(work.apply(connection)));
            } catch (FleetException e) {
                task.progress().say(complaint + e.getMessage());
            }
        });
    }
}
