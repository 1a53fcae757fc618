package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.cluster.ClusterFile;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.masters.Masters;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.fleet.steady.Waiting;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "wait",
        description = {
            "Wait until the cluster is steady.",
            "Every virtual address is owned by exactly one node and answers from here, every agent runs this cluster "
                    + "file, and every backend is up."
        })
final class Wait extends ClusterCommand {
    @Option(
            names = "--stable",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description = "For so long nothing may be missing. Default: ${DEFAULT-VALUE}.")
    int stable;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Give up after this time, with exit code 3. Default: ${DEFAULT-VALUE}.")
    int timeout;

    @Override
    int run(ClusterFile file, Masters masters) throws FleetException {
        View view = new Waiting(file, masters, progress())
                .await(Duration.ofSeconds(stable), Duration.ofSeconds(timeout));
        Map<String, String> owners = new LinkedHashMap<>();
        file.cluster().virtualRouters().forEach(r -> owners.put(r.name(), view.owner(r.name()).orElse("")));
        if (json) {
            out().println(Json.of(Map.of("owners", owners)));
        } else {
            owners.forEach((router, owner) -> out().println(router + " is owned by " + owner));
            out().println("steady for " + stable + " s");
        }
        return 0;
    }
}
