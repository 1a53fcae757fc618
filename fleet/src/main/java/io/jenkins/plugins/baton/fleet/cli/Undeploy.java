package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.deploy.removal.Undeployment;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;

@Command(
        name = "undeploy",
        description =
                "Remove the agent from all nodes and verify that nothing of it is left. The virtual addresses are removed too, "
                        + "unless deploy replaced a keepalived: that runs again, as before.")
final class Undeploy extends ClusterCommand {
    @Override
    int run(ClusterFile file, NodeConnections nodes) throws FleetException {
        Set<String> restored = new TreeSet<>(new Undeployment(file.cluster(), nodes, progress()).run());
        out().println(
                        json
                                ? Json.of(Map.of("removed", true, "restored", restored))
                                : "nothing of Baton is left on any node"
                                        + (restored.isEmpty()
                                                ? ""
                                                : "; the services that it had replaced run again on "
                                                        + String.join(", ", restored)));
        return 0;
    }
}
