package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.deploy.inventory.InterruptedDeployment;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.fleet.steady.SteadyState;
import io.jenkins.plugins.baton.fleet.steady.SteadyStateWaiter;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import io.jenkins.plugins.baton.jmx.status.RouterStatus;
import io.jenkins.plugins.baton.jmx.text.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

@Command(
        name = "status",
        description =
                "Show the state of every agent, and what is missing for a steady cluster, including whether the virtual "
                        + "addresses answer from here. Exit code 0 even when something is missing, 4 when a node does not answer.")
final class Status extends ClusterCommand {
    @Override
    int run(ClusterFile file, NodeConnections nodes) throws FleetException {
        View view = nodes.view();
        List<String> missing = new ArrayList<>(new SteadyStateWaiter(file, nodes, progress()).missing(view));
        List<String> warnings = new ArrayList<>(SteadyState.warnings(view));
        warnings.addAll(InterruptedDeployment.on(nodes, view));
        if (json) {
            out().println(Json.of(Map.of(
                    "nodes", view.nodes(), "unanswered", view.unanswered(), "missing", missing, "warnings", warnings)));
        } else {
            print(view);
            warnings.forEach(warning -> out().println("warning: " + warning));
            missing.forEach(out()::println);
            out().println(missing.isEmpty() ? "steady" : "not steady");
        }
        return view.unanswered().isEmpty() ? 0 : FleetException.Kind.FAILED.exitCode();
    }

    private void print(View view) {
        TextTable table = new TextTable(false, "NODE", "ROUTER", "STATE", "PRIORITY", "HOLDER", "BACKENDS UP");
        view.nodes()
                .forEach((name, status) -> status.virtualRouters()
                        .forEach(router -> table.row(
                                name,
                                router.name(),
                                router.state(),
                                priority(router),
                                router.holder(),
                                backends(status))));
        table.lines().forEach(out()::println);
    }

    private static String priority(RouterStatus router) {
        return router.priority() == router.effectivePriority()
                ? String.valueOf(router.priority())
                : router.effectivePriority() + "/" + router.priority();
    }

    private static String backends(NodeStatus status) {
        return status.frontends().stream()
                .map(frontend -> frontend.name() + " "
                        + frontend.backends().stream().filter(b -> b.isUp()).count() + "/"
                        + frontend.backends().size())
                .collect(Collectors.joining(", "));
    }
}
