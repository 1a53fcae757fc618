package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Times;
import io.jenkins.plugins.baton.fleet.maintenance.Begun;
import io.jenkins.plugins.baton.fleet.maintenance.ClientFigures;
import io.jenkins.plugins.baton.fleet.maintenance.Ended;
import io.jenkins.plugins.baton.fleet.maintenance.MaintenanceReport;
import io.jenkins.plugins.baton.fleet.maintenance.MaintenanceRequest;
import io.jenkins.plugins.baton.fleet.maintenance.MeasuringClient;
import io.jenkins.plugins.baton.fleet.maintenance.Phase;
import io.jenkins.plugins.baton.fleet.maintenance.WayBack;
import io.jenkins.plugins.baton.fleet.maintenance.WayOut;
import io.jenkins.plugins.baton.fleet.nodes.Lock;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.status.Viewer;
import io.jenkins.plugins.baton.jmx.text.TextTable;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "maintain",
        description = {
            "Run a command while one node is out of service.",
            "Begins only when the cluster is steady and can spare the node. The node gives the virtual address away, its "
                    + "backend is drained on all nodes, and until the command has ended it takes no address, also when it "
                    + "reboots meanwhile. Afterwards, also when the command failed, the node is enabled as soon as it is "
                    + "healthy. The nodes enable it by themselves after --at-most, whatever became of this program.",
            "The command sees the node's name and address as BATON_NODE and BATON_NODE_ADDRESS."
        })
final class Maintain extends ClusterCommand {
    private static final int COMMAND_FAILED = 1;

    @Option(names = "--node", required = true, paramLabel = "NAME", description = "The node to take out of service.")
    String node;

    @Option(
            names = "--at-most",
            paramLabel = "TIME",
            defaultValue = MaintenanceRequest.AT_MOST,
            description = "After this time, such as 45m or 2h, the nodes enable the node by themselves. "
                    + "Default: ${DEFAULT-VALUE}.")
    String atMost;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = MaintenanceRequest.TIMEOUT,
            description =
                    "How long the node may take to be healthy after the command, and then the cluster to be steady. "
                            + "Default: ${DEFAULT-VALUE}.")
    String timeout;

    @Option(
            names = "--drain-timeout",
            paramLabel = "TIME",
            defaultValue = MaintenanceRequest.DRAIN_TIMEOUT,
            description = "How long the sessions of the node's backend may take to end. Default: ${DEFAULT-VALUE}.")
    String drainTimeout;

    @Option(
            names = "--min-healthy",
            paramLabel = "N",
            defaultValue = "" + MaintenanceRequest.MIN_HEALTHY,
            description = "How many other nodes must be able to hold the address. Default: ${DEFAULT-VALUE}.")
    int minHealthy;

    @Option(
            names = "--probe",
            description = "Connect to the virtual address from here all the time, and tell what failed.")
    boolean probe;

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "The command and its arguments, after --.")
    List<String> command;

    private final Instant startedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final String token = UUID.randomUUID().toString();
    private final String by = Lock.operator();

    @Override
    int run(ClusterFile file, NodeConnections nodes) throws FleetException {
        MaintenanceRequest request = request();
        WayOut wayOut = new WayOut(file, nodes, request, progress(), Viewer.NONE);
        Interruption.allow(Times.parse(request.timeout()).multipliedBy(2));
        Optional<MeasuringClient> client = probe ? Optional.of(new MeasuringClient(file.cluster())) : Optional.empty();
        try {
            Begun begun = wayOut.begin(token, by);
            Work work = work(file);
            Ended ended = back(file, nodes, request);
            client.ifPresent(MeasuringClient::close);
            return tell(report(file, begun, work, ended, client.map(MeasuringClient::figures)));
        } finally {
            client.ifPresent(MeasuringClient::close);
        }
    }

    /** A terminal interrupts the command too: when it ends before this program hears of Ctrl-C, that comes during the way back. */
    private Ended back(ClusterFile file, NodeConnections nodes, MaintenanceRequest request) throws FleetException {
        try {
            return new WayBack(file, nodes, request, progress(), Viewer.NONE).end(token);
        } catch (FleetException e) {
            if (!Thread.interrupted()) {
                throw e;
            }
            return new WayBack(file, nodes, request, progress(), Viewer.NONE).end(token);
        }
    }

    private MaintenanceRequest request() throws FleetException {
        try {
            return new MaintenanceRequest(node, atMost, timeout, drainTimeout, minHealthy);
        } catch (IllegalArgumentException e) {
            throw FleetException.badInput(e.getMessage());
        }
    }

    /** What became of the command; {@code failure} is empty when it succeeded. */
    private record Work(Phase phase, String failure) {}

    private Work work(ClusterFile file) {
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        long began = System.nanoTime();
        String failure;
        progress().say(node, "running " + String.join(" ", command));
        out().flush();
        try {
            int status = LocalCommand.run(command, file.cluster().node(node).orElseThrow(), json);
            failure = status == 0 ? "" : "the command ended with status " + status;
        } catch (InterruptedException e) {
            failure = "interrupted by the operator";
        } catch (IOException e) {
            failure = "the command cannot be run: " + e.getMessage();
        }
        if (!failure.isEmpty()) {
            progress().say(failure);
        }
        return new Work(
                new Phase(Phase.WORK, at.toString(), (System.nanoTime() - began) / 1_000_000, failure), failure);
    }

    private MaintenanceReport report(
            ClusterFile file, Begun begun, Work work, Ended ended, Optional<ClientFigures> client) {
        List<Phase> phases = new ArrayList<>(begun.phases());
        phases.add(work.phase());
        phases.addAll(ended.phases());
        return new MaintenanceReport(
                file.cluster().name(),
                node,
                by,
                startedAt.toString(),
                begun.until(),
                phases,
                begun.sessionsLeft(),
                ended.ranOut(),
                work.failure(),
                ended.trouble(),
                client.orElse(null));
    }

    private int tell(MaintenanceReport report) throws FleetException {
        if (json) {
            out().println(Json.of(report));
        } else {
            TextTable table = new TextTable(false, "PHASE", "SECONDS", "");
            report.phases().forEach(phase -> table.row(phase.name(), seconds(phase.millis()), phase.note()));
            table.lines().forEach(out()::println);
            out().println(report.summary());
        }
        if (!report.trouble().isEmpty()) {
            throw FleetException.failed(report.trouble());
        }
        return report.workFailed().isEmpty() ? 0 : COMMAND_FAILED;
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f", millis / 1000.0);
    }
}
