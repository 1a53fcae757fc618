package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.maintenance.Draining;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "enable",
        description = {
            "Give a drained node's backend new connections again, on all nodes at once.",
            "Also ends a maintenance of the node, whoever began it: the node takes part in elections again."
        })
final class Enable extends BackendOrder {
    @Override
    List<String> give(Draining draining) throws FleetException {
        return draining.enable(node);
    }

    @Override
    boolean drains() {
        return false;
    }
}
