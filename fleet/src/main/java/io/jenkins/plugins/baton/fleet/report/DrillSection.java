package io.jenkins.plugins.baton.fleet.report;

import io.jenkins.plugins.baton.fleet.report.DrillReport.Figures;
import io.jenkins.plugins.baton.fleet.report.DrillReport.NodeState;
import io.jenkins.plugins.baton.fleet.status.NodeStatus;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One drill as HTML that needs no script: charts are places that {@code drill-charts.js} fills, all they show is in tables
 * too. Everything that comes from a node is escaped.
 */
public final class DrillSection {
    private final DrillReport drill;

    public DrillSection(DrillReport drill) {
        this.drill = drill;
    }

    /** @param index of the drill in the run; the script finds its data by it */
    public String html(int index) {
        return "<section class=\"drill\" data-drill=\"" + index + "\" id=\"drill-" + index + "\">\n<h2>"
                + badge(drill.passed()) + " " + Markup.escape(drill.scenario() + " on " + drill.node()) + "</h2>\n<p>"
                + Markup.escape(drill.description() + "; virtual address " + drill.target() + " of " + drill.router()
                        + "; began " + drill.startedAt())
                + "</p>\n"
                + figure("lanes", "Who held the virtual address, and how each backend was seen")
                + figure("latency", "Every new connection of the client")
                + verdict() + figures() + outages() + stages() + lanes("Who held the virtual address", "Node",
                        drill.ownership())
                + lanes("Backends", "Backend", drill.backendHealth()) + timeline() + "</section>\n";
    }

    static String badge(boolean passed) {
        return passed ? "<span class=\"badge passed\">passed</span>" : "<span class=\"badge failed\">failed</span>";
    }

    private static String figure(String kind, String caption) {
        return "<figure hidden><figcaption>" + caption + "</figcaption><div class=\"chart " + kind
                + "\" tabindex=\"0\" role=\"img\" aria-label=\"" + caption
                + ". The tables below have the same facts. Arrow keys move, plus and minus zoom, 0 shows all.\"></div>"
                + "</figure>\n";
    }

    private String verdict() {
        Table table = new Table("Verdict", List.of("Demanded", "Measured", "Met"));
        drill.verdict().forEach(rule -> table.row(
                rule.passed() ? "" : "bad", List.of(rule.text(), rule.measured(), rule.passed() ? "yes" : "no")));
        return table.toString();
    }

    private String figures() {
        Figures f = drill.figures();
        Table table = new Table("What the client saw", List.of("Figure", "Value"));
        table.row("longest outage", Table.number(f.outageMillis()) + " ms");
        table.row("all outages together", Table.number(f.outageSumMillis()) + " ms");
        table.row("new connections", f.attempts());
        table.row("of them without an answer", f.failedConnects());
        table.row("of them answered late", f.slowConnects());
        table.row("longest pause between two attempts (outages are known to be this exact)",
                Table.number(f.resolutionMillis()) + " ms");
        table.row("long-lived connections lost", f.longLivedLost() + " of " + f.longLived());
        table.row("new owner", f.newOwner().isEmpty() ? "the address did not move" : f.newOwner());
        table.row("new owner after", f.newOwner().isEmpty()
                ? "-"
                : Table.number(f.newOwnerMillis()) + " ms (± " + Table.number(f.clockErrorMillis()) + " ms)");
        table.row("all backends up after", f.backendsUpMillis() < 0
                ? "not by the end of the drill"
                : f.backendsUpMillis() == 0 ? "none went down" : Table.number(f.backendsUpMillis()) + " ms");
        return table.toString();
    }

    private String outages() {
        if (drill.outages().isEmpty()) {
            return "";
        }
        Table table = new Table("Outages, in ms from the fault", List.of("From", "To", "Length"));
        drill.outages().forEach(span ->
                table.row(span.fromMillis(), span.toMillis(), span.toMillis() - span.fromMillis()));
        return table.toString();
    }

    private String stages() {
        Table table = new Table("Nodes before, during and after",
                List.of("Stage", "Node", "State", "Priority", "Owner it knew", "Backends", "Age of the sample"));
        for (DrillReport.Stage stage : drill.stages()) {
            for (NodeState node : stage.nodes()) {
                if (node.status() == null) {
                    table.row(stage.name(), node.node(), "said nothing", "", "", "", "");
                    continue;
                }
                NodeStatus.RouterStatus router = node.status().router(drill.router()).orElse(null);
                table.row(
                        stage.name(),
                        node.node(),
                        router == null ? "" : router.state(),
                        router == null ? "" : router.effectivePriority(),
                        router == null ? "" : router.owner(),
                        backends(node.status()),
                        Table.number(Math.round(node.ageMillis())) + " ms");
            }
        }
        return table.toString();
    }

    private static String backends(NodeStatus status) {
        return status.frontends().stream()
                .flatMap(frontend -> frontend.backends().stream())
                .map(backend -> backend.name() + " " + backend.health())
                .collect(Collectors.joining(", "));
    }

    private static String lanes(String caption, String what, List<DrillReport.Lane> lanes) {
        Table table = new Table(caption + ", in ms from the fault", List.of(what, "State", "From", "To"));
        lanes.forEach(lane -> lane.phases().forEach(phase -> table.row(
                lane.name(), phase.state(), phase.fromMillis(), phase.toMillis())));
        return table.toString();
    }

    private String timeline() {
        Table table = new Table("Timeline, in ms from the fault", List.of("At", "Node", "What happened"));
        drill.timeline().forEach(event -> table.row(event.atMillis(), event.node(), event.text()));
        return table.toString();
    }
}
