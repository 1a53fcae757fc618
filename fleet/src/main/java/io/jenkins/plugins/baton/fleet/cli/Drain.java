package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.maintenance.Draining;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "drain",
        description = {
            "Give a node's backend no new connections, on all nodes at once; it keeps those it has.",
            "Holds until `baton enable`. An agent that starts anew does not know of it: for a reboot use `baton maintain`. "
                    + "Refused, with exit code 3, when no other backend is up."
        })
final class Drain extends BackendOrder {
    @Override
    List<String> give(Draining draining) throws FleetException {
        return draining.drain(node);
    }

    @Override
    boolean drains() {
        return true;
    }
}
