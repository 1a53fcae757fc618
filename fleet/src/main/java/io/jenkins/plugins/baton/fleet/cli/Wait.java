package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.fleet.steady.SteadyStateWaiter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "wait",
        description = {
            "Wait until the cluster is steady.",
            "Every virtual address is held by exactly one node and answers from here, every agent runs this cluster "
                    + "file, and every backend is up."
        })
final class Wait extends ClusterCommand {
    /** A week. */
    private static final int MAX_SECONDS = 604_800;

    @Option(
            names = "--stable",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description = "How long the cluster must stay steady. Default: ${DEFAULT-VALUE}.")
    int stable;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Give up after this time, with exit code 3. Default: ${DEFAULT-VALUE}.")
    int timeout;

    @Override
    int run(ClusterFile file, NodeConnections nodes) throws FleetException {
        inRange("--stable", stable);
        inRange("--timeout", timeout);
        if (stable > timeout) {
            throw FleetException.badInput("--stable " + stable + " is longer than --timeout " + timeout
                    + ", so that it could never be reached; lower the one or raise the other");
        }
        View view = new SteadyStateWaiter(file, nodes, progress())
                .await(Duration.ofSeconds(stable), Duration.ofSeconds(timeout));
        Map<String, String> holders = new LinkedHashMap<>();
        file.cluster()
                .virtualRouters()
                .forEach(r -> holders.put(r.name(), view.holder(r.name()).orElse("")));
        if (json) {
            out().println(Json.of(Map.of("holders", holders)));
        } else {
            holders.forEach((router, holder) -> out().println(router + " is held by " + holder));
            out().println("steady for " + stable + " s");
        }
        return 0;
    }

    private static void inRange(String option, int seconds) throws FleetException {
        if (seconds < 0 || seconds > MAX_SECONDS) {
            throw FleetException.badInput(
                    option + " is a number of seconds from 0 to " + MAX_SECONDS + ", not " + seconds);
        }
    }
}
