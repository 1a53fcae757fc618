package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.FileTrouble;
import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.drill.DrillHistory;
import io.jenkins.plugins.baton.fleet.drill.DrillRequest;
import io.jenkins.plugins.baton.fleet.drill.NextScenario;
import io.jenkins.plugins.baton.fleet.drill.Plan;
import io.jenkins.plugins.baton.fleet.drill.Scenario;
import io.jenkins.plugins.baton.fleet.drill.Series;
import io.jenkins.plugins.baton.fleet.nodes.NodeConnections;
import io.jenkins.plugins.baton.fleet.report.DrillReport;
import io.jenkins.plugins.baton.fleet.report.ReportFiles;
import io.jenkins.plugins.baton.fleet.report.ReportedDrills;
import io.jenkins.plugins.baton.fleet.report.RunReport;
import io.jenkins.plugins.baton.fleet.ssh.Access;
import io.jenkins.plugins.baton.jmx.text.HumanUnits;
import io.jenkins.plugins.baton.jmx.text.TextTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "drill",
        description = {
            "Cause a fault on purpose and measure what a client sees.",
            "Begins only when the cluster is steady and can keep serving. The fault ends by itself on the node, even "
                    + "when this program dies."
        })
final class Drill extends ClusterCommand {
    @Option(
            names = "--scenario",
            required = true,
            paramLabel = "NAME",
            description =
                    "A scenario; several separated by commas; all; or next: the one that was drilled longest ago.")
    String scenario;

    @Option(
            names = "--from",
            paramLabel = "NAMES",
            split = ",",
            description = "With next: choose from these scenarios. Default: all.")
    List<String> from;

    @Option(
            names = "--history",
            paramLabel = "FOLDER",
            description = "With next: the directory below which the reports of earlier drills are.")
    Path history;

    @Option(
            names = "--times",
            paramLabel = "N",
            defaultValue = "" + DrillRequest.TIMES,
            description = "Run the scenarios N times, in one report. Default: ${DEFAULT-VALUE}.")
    int times;

    @Option(
            names = "--node",
            paramLabel = "NAME",
            description = "The node of the fault. Default: the holder of the address.")
    String node;

    @Option(
            names = "--max-outage",
            paramLabel = "TIME",
            defaultValue = DrillRequest.Demands.MAX_OUTAGE,
            description =
                    "The drill fails when clients got no answer for longer, such as 500ms or 1s. Default: ${DEFAULT-VALUE}.")
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
            defaultValue = DrillRequest.Demands.SETTLE,
            description = "How long the cluster may take to become steady again. Default: ${DEFAULT-VALUE}.")
    String settle;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = DrillRequest.Client.INTERVAL,
            description = "Time between two new connections of the client. Default: ${DEFAULT-VALUE}.")
    String interval;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "" + DrillRequest.Client.CONNECTIONS,
            description = "Number of long-lived connections during the drill. Default: ${DEFAULT-VALUE}.")
    int connections;

    @Option(
            names = "--requests",
            paramLabel = "TIME",
            description =
                    "Also send requests on one kept HTTP connection, with this pause after each answer, such as 50ms.")
    String requests;

    @Option(
            names = "--min-healthy",
            paramLabel = "N",
            defaultValue = "" + DrillRequest.Conditions.MIN_HEALTHY,
            description = "How many other nodes must be able to hold the address. Default: ${DEFAULT-VALUE}.")
    int minHealthy;

    @Option(names = "--window", paramLabel = "HH:MM-HH:MM", description = "Refuse outside this time of day.")
    String window;

    @Option(
            names = "--report",
            paramLabel = "FOLDER",
            description = "Directory for report.json, report.html and junit.xml.")
    Path reports;

    @Override
    int run(ClusterFile file, NodeConnections nodes) throws FleetException {
        List<Plan> plans = decided(file.cluster().name()).plans();
        if (reports != null) {
            ReportFiles.prepare(reports);
        }
        Access access = accessOptions.access(file.cluster().ssh());
        var drill = new io.jenkins.plugins.baton.fleet.drill.Drill(file, access, nodes, progress());
        Series series = new Series(drill::run, progress());
        RunReport run = series.run(file.cluster().name(), Version.text(), plans);
        if (run.drills().isEmpty()) {
            writeReports(run);
            throw series.failure().orElseThrow();
        }
        write(run);
        return series.failure().map(failure -> failure.kind().exitCode()).orElse(run.passed() ? 0 : 1);
    }

    private DrillRequest decided(String cluster) throws FleetException {
        DrillRequest request = request();
        if (scenario.equals(Scenario.NEXT) && history == null) {
            throw FleetException.badInput("--scenario next needs to know the earlier drills: name the directory below "
                    + "which their reports are with --history, and write this one there too, as in "
                    + "`--history out --report out/2026-01-31`");
        }
        try {
            return NextScenario.decide(request, this::tried, cluster, Instant.now(), progress());
        } catch (IOException e) {
            throw FleetException.badInput("cannot read the earlier reports: " + e.getMessage());
        }
    }

    private Map<Scenario, DrillHistory.Tried> tried(String cluster) throws IOException {
        Map<Scenario, DrillHistory.Tried> tried = new EnumMap<>(Scenario.class);
        for (ReportedDrills.Reported drill : ReportedDrills.of(cluster, history)) {
            DrillHistory.Tried one = drill.complete()
                    ? new DrillHistory.Tried(drill.at(), null)
                    : new DrillHistory.Tried(null, drill.at());
            Scenario.of(drill.scenario()).ifPresent(scenario -> tried.merge(scenario, one, DrillHistory.Tried::and));
        }
        return tried;
    }

    private DrillRequest request() throws FleetException {
        try {
            return new DrillRequest(
                    scenario,
                    from,
                    times,
                    node,
                    hold,
                    new DrillRequest.Demands(maxOutage, maxLost, settle),
                    new DrillRequest.Client(interval, connections, requests),
                    new DrillRequest.Conditions(minHealthy, window));
        } catch (IllegalArgumentException e) {
            throw FleetException.badInput(e.getMessage());
        }
    }

    /** For the end of the help. */
    static String[] scenarios() {
        return Stream.concat(
                        Stream.of("", "Scenarios:"),
                        Arrays.stream(Scenario.values())
                                .map(one -> String.format("  %-15s %s", one.word(), one.description())))
                .toArray(String[]::new);
    }

    private void write(RunReport run) throws FleetException {
        if (json) {
            List<?> figures = run.drills().stream().map(Drill::brief).toList();
            out().println(Json.of(Map.of("passed", run.passed(), "drills", figures, "refusal", run.refusal())));
        } else if (run.drills().size() > 1) {
            table(run).lines().forEach(out()::println);
        }
        writeReports(run);
    }

    private void writeReports(RunReport run) throws FleetException {
        if (reports == null) {
            return;
        }
        try {
            ReportFiles.write(run, reports, Locale.getDefault());
            progress().say("the report is " + reports.resolve("report.html"));
        } catch (IOException e) {
            throw FleetException.failed("cannot write the report to " + reports + ": " + FileTrouble.reason(e), e);
        }
    }

    private static TextTable table(RunReport run) {
        TextTable table = new TextTable(
                false,
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
                    HumanUnits.measured(figures.outageMillis()),
                    figures.failedConnects() + " of " + figures.attempts(),
                    figures.longLivedLost() + " of " + figures.longLived(),
                    figures.newHolder().isEmpty()
                            ? "did not move"
                            : figures.newHolder() + " " + HumanUnits.measured(figures.newHolderMillis()));
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
