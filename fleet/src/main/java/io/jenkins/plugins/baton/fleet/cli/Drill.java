package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Times;
import io.jenkins.plugins.baton.fleet.drill.DrillRequest;
import io.jenkins.plugins.baton.fleet.drill.Plan;
import io.jenkins.plugins.baton.fleet.drill.Series;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.report.DrillReport;
import io.jenkins.plugins.baton.fleet.report.ReportFiles;
import io.jenkins.plugins.baton.fleet.report.RunReport;
import io.jenkins.plugins.baton.fleet.ssh.Access;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "drill",
        description = {
            "Break something on purpose and measure what a client sees.",
            "Begins only when the cluster is steady and stays able to serve. The fault ends by itself on the node, also "
                    + "when this program dies. Scenarios: handover, agent-stop, agent-kill, agent-freeze, apiserver-down, "
                    + "link-down, partition, host-down, or all."
        })
final class Drill extends ClusterCommand {
    @Option(
            names = "--scenario",
            required = true,
            paramLabel = "NAME",
            description = "What to break; several with commas between, or all.")
    String scenario;

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "1",
            description = "Go through the scenarios so often, in one report. Default: ${DEFAULT-VALUE}.")
    int times;

    @Option(names = "--node", paramLabel = "NAME", description = "The node to hit. Default: the holder of the address.")
    String node;

    @Option(
            names = "--max-outage",
            paramLabel = "TIME",
            defaultValue = DrillRequest.MAX_OUTAGE,
            description =
                    "The drill fails when clients got no answer for longer, as 500ms or 1s. Default: ${DEFAULT-VALUE}.")
    String maxOutage;

    @Option(
            names = "--max-lost-connections",
            paramLabel = "N",
            description = "The drill fails when more long-lived connections were lost. Default: any number may be.")
    Integer maxLost;

    @Option(
            names = "--hold",
            paramLabel = "TIME",
            defaultValue = DrillRequest.HOLD,
            description = "How long the fault lasts. Default: ${DEFAULT-VALUE}.")
    String hold;

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            defaultValue = DrillRequest.SETTLE,
            description = "How long the cluster may take to be steady again. Default: ${DEFAULT-VALUE}.")
    String settle;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = DrillRequest.INTERVAL,
            description = "Time between two new connections of the client. Default: ${DEFAULT-VALUE}.")
    String interval;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "" + DrillRequest.CONNECTIONS,
            description = "Long-lived connections that are held through the drill. Default: ${DEFAULT-VALUE}.")
    int connections;

    @Option(
            names = "--requests",
            paramLabel = "TIME",
            description = "Also send a request on one kept HTTPS connection, again so long after each answer, as 50ms.")
    String requests;

    @Option(
            names = "--min-healthy",
            paramLabel = "N",
            defaultValue = "" + DrillRequest.MIN_HEALTHY,
            description = "Nodes beside the one that is hit which must be able to hold the address. "
                    + "Default: ${DEFAULT-VALUE}.")
    int minHealthy;

    @Option(names = "--window", paramLabel = "HH:MM-HH:MM", description = "Refuse outside this time of day.")
    String window;

    @Option(
            names = "--report",
            paramLabel = "FOLDER",
            description = "Write report.json, report.html and junit.xml there.")
    Path reports;

    @Override
    int run(ClusterFile file, NodeConnections nodes) throws FleetException {
        List<Plan> plans = plans();
        Access access = accessOptions.access(file.cluster().ssh());
        var drill = new io.jenkins.plugins.baton.fleet.drill.Drill(file, access, nodes, progress());
        Series series = new Series(drill::run, progress());
        RunReport run = series.run(file.cluster().name(), Version.text(), plans);
        write(run);
        return series.stopped().map(FleetException.Kind::exitCode).orElse(run.passed() ? 0 : 1);
    }

    private List<Plan> plans() throws FleetException {
        if (times < 1) {
            throw FleetException.badInput("--times " + times + " is not a number from 1 on");
        }
        try {
            List<Plan> round = new DrillRequest(
                            scenario, node, maxOutage, maxLost, hold, settle, interval, connections, minHealthy, window)
                    .plans();
            if (requests != null) {
                Duration pause = Times.parse(requests);
                round = round.stream().map(plan -> plan.withRequests(pause)).toList();
            }
            return Collections.nCopies(times, round).stream()
                    .flatMap(List::stream)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw FleetException.badInput(e.getMessage());
        }
    }

    private void write(RunReport run) throws FleetException {
        if (json) {
            List<?> figures = run.drills().stream().map(Drill::brief).toList();
            out().println(Json.of(Map.of("passed", run.passed(), "drills", figures, "refusal", run.refusal())));
        } else if (run.drills().size() > 1) {
            table(run).lines().forEach(out()::println);
        }
        if (reports == null) {
            return;
        }
        try {
            ReportFiles.write(run, reports, Locale.getDefault());
            progress().say("the report is " + reports.resolve("report.html"));
        } catch (IOException e) {
            throw FleetException.failed("cannot write the report to " + reports + ": " + e.getMessage(), e);
        }
    }

    private static Columns table(RunReport run) {
        Columns table = new Columns(
                "SCENARIO",
                "NODE",
                "RESULT",
                "LONGEST OUTAGE",
                "FAILED CONNECTS",
                "LONG-LIVED LOST",
                "NEW HOLDER AFTER");
        for (DrillReport drill : run.drills()) {
            DrillReport.Figures figures = drill.figures();
            table.row(
                    drill.scenario(),
                    drill.node(),
                    drill.passed() ? "passed" : "FAILED",
                    Times.text(figures.outageMillis()),
                    figures.failedConnects() + " of " + figures.attempts(),
                    figures.longLivedLost() + " of " + figures.longLived(),
                    figures.newHolder().isEmpty()
                            ? "did not move"
                            : figures.newHolder() + " " + Times.text(figures.newHolderMillis()));
        }
        return table;
    }

    private record Brief(
            String scenario,
            String node,
            boolean passed,
            DrillReport.Figures figures,
            List<DrillReport.Rule> verdict) {}

    private static Brief brief(DrillReport report) {
        return new Brief(report.scenario(), report.node(), report.passed(), report.figures(), report.verdict());
    }
}
