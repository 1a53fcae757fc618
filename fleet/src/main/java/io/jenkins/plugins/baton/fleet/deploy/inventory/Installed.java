package io.jenkins.plugins.baton.fleet.deploy.inventory;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.cluster.file.ClusterFileException;
import io.jenkins.plugins.baton.fleet.nodes.Layout;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The cluster file that a node has now.
 *
 * @param text empty: it has none
 * @param cluster empty also when this program cannot read it: another version may have written it
 */
public record Installed(String text, Optional<Cluster> cluster) {
    public static Installed on(NodeConnection connection) throws SshException {
        return parse(connection.require(
                "read the present cluster file",
                Command.asRoot("cat " + Layout.CLUSTER_FILE + " 2> /dev/null || true")));
    }

    public static Installed parse(String text) {
        if (text.isEmpty()) {
            return new Installed("", Optional.empty());
        }
        try {
            return new Installed(
                    text,
                    Optional.of(ClusterFile.parse(Path.of(Layout.CLUSTER_FILE), text.getBytes(StandardCharsets.UTF_8))
                            .cluster()));
        } catch (ClusterFileException e) {
            return new Installed(text, Optional.empty());
        }
    }
}
