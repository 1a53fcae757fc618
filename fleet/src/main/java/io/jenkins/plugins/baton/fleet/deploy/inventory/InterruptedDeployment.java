package io.jenkins.plugins.baton.fleet.deploy.inventory;

import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.nodes.Layout;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnection;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import io.jenkins.plugins.baton.fleet.status.View;
import java.util.List;

/** What nodes have written down of a deployment that lost its operator, until the next one. */
public final class InterruptedDeployment {
    private static final Command READ = Command.asRoot("cat " + Layout.INTERRUPTED + " 2> /dev/null");

    private InterruptedDeployment() {}

    /**
     * @param view of now: hosts that were not reached are not asked again
     * @return a sentence for each node that has one; mostly nothing
     */
    public static List<String> on(NodeConnections nodes, View view) throws FleetException {
        return nodes
                .each(connection -> view.unreached().contains(connection.name()) ? "" : on(connection))
                .entrySet()
                .stream()
                .filter(node -> !node.getValue().isEmpty())
                .map(node -> node.getKey() + ": " + node.getValue())
                .toList();
    }

    private static String on(NodeConnection connection) {
        try {
            return connection.run(READ).output().strip();
        } catch (SshException e) {
            // It is gone since, which the next look says.
            return "";
        }
    }
}
