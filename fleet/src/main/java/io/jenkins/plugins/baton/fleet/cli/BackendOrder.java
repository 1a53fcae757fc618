package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.maintenance.Draining;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Parameters;

/** An order about one backend that all nodes get at once. */
abstract class BackendOrder extends ClusterCommand {
    @Parameters(paramLabel = "NODE", description = "The node's backend in every frontend; FRONTEND/NODE: in one.")
    String node;

    @Override
    final int run(ClusterFile file, NodeConnections nodes) throws FleetException {
        List<String> frontends = give(new Draining(file.cluster(), nodes));
        if (json) {
            out().println(Json.of(Map.of("backend", node, "frontends", frontends, "drained", drains())));
        } else {
            out().println(node + (drains() ? " gets no new connections" : " gets new connections again")
                    + (frontends.isEmpty() ? "" : " for " + String.join(", ", frontends)) + ", from all nodes");
        }
        return 0;
    }

    /** @return the frontends that it was about */
    abstract List<String> give(Draining draining) throws FleetException;

    /** Whether the backend is drained afterwards. */
    abstract boolean drains();
}
