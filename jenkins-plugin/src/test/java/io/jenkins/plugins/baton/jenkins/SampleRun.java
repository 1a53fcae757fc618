package io.jenkins.plugins.baton.jenkins;

import io.jenkins.plugins.baton.fleet.report.DrillReport;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Event;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Figures;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Lane;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Moment;
import io.jenkins.plugins.baton.fleet.report.DrillReport.NodeState;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Phase;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Probes;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Rule;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Span;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Stage;
import io.jenkins.plugins.baton.fleet.report.ReportFiles;
import io.jenkins.plugins.baton.fleet.report.RunReport;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import io.jenkins.plugins.baton.jmx.Json;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A report as a Jenkins node sends it, of one drill that moved the virtual address from m1 to m2. */
final class SampleRun {
    /** What a node that belongs to somebody else could send instead of a name. */
    static final String HOSTILE = "</script><img src=x onerror=\"window.taken = true\"><b>m1</b>";

    private SampleRun() {}

    static String json() throws IOException {
        return json("m1", 5, true);
    }

    /** @param node what the node calls itself */
    static String failed(String node) throws IOException {
        return json(node, 200, false);
    }

    /** @param attempts of the client: a report of a million is some 20 MB */
    static String large(int attempts) throws IOException {
        return json("m1", attempts, true);
    }

    private static String json(String node, int attempts, boolean passed) throws IOException {
        double[] start = new double[attempts];
        double[] latency = new double[attempts];
        int[] result = new int[attempts];
        for (int i = 0; i < attempts; i++) {
            start[i] = -100 + 1100.0 * i / attempts;
            latency[i] = 1.25;
            result[i] = start[i] > 0 && start[i] < 120 ? 1 : 0;
        }
        DrillReport drill = DrillReport.builder()
                .scenario("agent-kill")
                .description("the agent is killed " + node)
                .node(node)
                .router("vip")
                .target("10.0.0.9:8443")
                .startedAt("2026-01-01T00:00:00Z")
                .passed(passed)
                .verdict(List.of(new Rule("longest outage at most 200 ms", "120 ms " + node, passed)))
                .figures(Figures.builder()
                        .outageMillis(120)
                        .outageSumMillis(120)
                        .resolutionMillis(5)
                        .attempts(attempts)
                        .failedConnects(1)
                        .longLived(20)
                        .longLivedLost(1)
                        .newHolder("m2")
                        .newHolderMillis(100)
                        .clockErrorMillis(1.5)
                        .backendsUpMillis(700)
                        .build())
                .moments(List.of(new Moment("fault", 0), new Moment("fault ended", 500), new Moment("end", 1000)))
                .outages(List.of(new Span(0, 120)))
                .holders(List.of(
                        new Lane(node, List.of(new Phase("MASTER", -100, 10), new Phase(node, 10, 1000))),
                        new Lane("m2", List.of(new Phase("BACKUP", -100, 100), new Phase("MASTER", 100, 1000)))))
                .backendHealth(List.of(new Lane(node + " seen by m2", List.of(new Phase("UP", -100, 1000)))))
                .timeline(List.of(new Event(10, node, "its agent answers no longer " + node)))
                .stages(List.of(new Stage("before", 0, List.of(new NodeState(node, 4, status(node), false)))))
                .probes(new Probes(start, latency, result, List.of("answered", "refused " + node)))
                .build();
        return ReportFiles.json(new RunReport(
                RunReport.FORMAT,
                "1",
                "example " + node,
                passed,
                List.of(drill),
                "handover: " + node,
                null,
                List.of()));
    }

    private static NodeStatus status(String node) {
        Map<String, Object> router =
                Map.of("name", "vip", "state", "MASTER", "priority", 110, "effectivePriority", 110, "holder", node);
        Map<String, Object> backend = Map.of("name", node, "address", "10.0.0.1:6443", "health", "UP");
        Map<String, Object> frontend = Map.of(
                "name", "api", "plane", "kernel", "planeReason", "all can " + node, "backends", List.of(backend));
        return StatusJson.parse(Json.write(Map.of(
                "node",
                node,
                "sampledAt",
                "2026-01-01T00:00:00Z",
                "virtualRouters",
                List.of(router),
                "frontends",
                List.of(frontend))));
    }
}
