package io.jenkins.plugins.baton.fleet.deploy.removal;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.nodes.Script;
import io.jenkins.plugins.baton.fleet.nodes.StopTimeout;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Makes one node what it was before its first deployment, a keepalived and haproxy that were replaced running again. */
public final class Uninstallation {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Cluster cluster;
    private final Progress progress;

    /** @param cluster what the node's agent runs by: its drain decides how long a stop takes, its secret which file goes */
    public Uninstallation(Cluster cluster, Progress progress) {
        this.cluster = cluster;
        this.progress = progress;
    }

    /** Without a word about it, for {@code sh} on the node. */
    public static List<Command> scripts(Cluster cluster) {
        return List.of(removal(), pair(), erasure(cluster));
    }

    private static Command removal() {
        return Script.of(Uninstallation.class, "remove.sh", List.of());
    }

    /** Starts what was displaced. */
    public static Command pair() {
        return Script.of(Uninstallation.class, "restore-pair.sh", List.of());
    }

    private static Command erasure(Cluster cluster) {
        String secret = cluster.secret().map(Path::toString).orElse("");
        return Script.of(Uninstallation.class, "erase.sh", List.of(secret));
    }

    /**
     * @return the services that were displaced at the deployment and run again; mostly none
     * @throws SshException also when something of the agent stays in the kernel; then its files stay too, for another try
     */
    public List<String> of(NodeConnection connection) throws SshException {
        connection.require(
                "remove the agent", removal().within(StopTimeout.limit(cluster).plus(LIMIT)));
        List<String> restored = restorePair(connection, progress);
        connection
                .require("remove the agent's files", erasure(cluster))
                .lines()
                .forEach(line -> progress.say(connection.name(), line));
        return restored;
    }

    /** Starts what was displaced; the names of what runs again. */
    public static List<String> restorePair(NodeConnection connection, Progress progress) throws SshException {
        List<String> restored = connection
                .require("start what the agent had replaced", pair().within(LIMIT))
                .lines()
                .toList();
        if (!restored.isEmpty()) {
            progress.say(
                    connection.name(),
                    String.join(" and ", restored)
                            + " run again, and start at boot if they did, as before the deployment");
        }
        return restored;
    }
}
