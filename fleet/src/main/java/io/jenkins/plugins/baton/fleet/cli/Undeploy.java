package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.cluster.ClusterFile;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.deploy.Removal;
import io.jenkins.plugins.baton.fleet.masters.Masters;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
        name = "undeploy",
        description = "Take the agent off all nodes and look that nothing of it is left. The virtual addresses go too.")
final class Undeploy extends ClusterCommand {
    @Override
    int run(ClusterFile file, Masters masters) throws FleetException {
        new Removal(file.cluster(), masters, progress()).run();
        out().println(json ? Json.of(Map.of("removed", true)) : "nothing of Baton is left on any node");
        return 0;
    }
}
