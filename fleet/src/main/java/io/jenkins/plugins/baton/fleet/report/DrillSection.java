package io.jenkins.plugins.baton.fleet.report;

import io.jenkins.plugins.baton.fleet.report.DrillReport.Figures;
import io.jenkins.plugins.baton.fleet.report.DrillReport.NodeState;
import io.jenkins.plugins.baton.jmx.status.FrontendStatus;
import io.jenkins.plugins.baton.jmx.status.NodeStatus;
import io.jenkins.plugins.baton.jmx.status.RouterStatus;
import io.jenkins.plugins.baton.jmx.text.HumanUnits;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One drill as HTML that needs no script: charts are places that {@code drill-charts.js} fills, all they show is in tables
 * too. Everything that comes from a node is escaped.
 */
public final class DrillSection {
    private final DrillReport drill;
    private final Words words;
    private final ZoneId zone;

    /** With the times of day of this machine. */
    public DrillSection(DrillReport drill, Locale locale) {
        this(drill, locale, ZoneId.systemDefault());
    }

    /**
     * @param locale of headings and labels; what was reported is shown as it was reported
     * @param zone of the reader
     */
    public DrillSection(DrillReport drill, Locale locale, ZoneId zone) {
        this.drill = drill;
        this.words = new Words(locale);
        this.zone = zone;
    }

    /** @param index of the drill in the run; the script finds its data by it */
    public String html(int index) {
        String description = words.named("scenario", drill.scenario(), drill.description());
        return "<section class=\"drill\" data-drill=\"" + index + "\" id=\"drill-" + index + "\" data-words=\""
                + Markup.escape(ReportFiles.line(chartWords())) + "\">\n<h2>"
                + badge(drill.passed(), words) + " " + Markup.escape(words.of("drill", drill.scenario(), drill.node()))
                + "</h2>\n<p>"
                + Markup.escape(words.of(
                        "about", description, drill.target(), drill.router(), Moments.text(drill.startedAt(), zone)))
                + "</p>\n"
                + verdict() + figure("lanes") + stages() + figure("latency") + figures() + outages() + timeline()
                + planes() + lanes("holders", "nodes.node", drill.holders())
                + lanes("health", "backend", drill.backendHealth()) + "</section>\n";
    }

    /** What a figure above shows too, or what few ask for: behind one click, so that the rest is seen at once. */
    private String folded(String caption, Table table) {
        return "<details><summary>" + Markup.escape(words.of(caption)) + "</summary>" + table + "</details>\n";
    }

    static String badge(boolean passed, Words words) {
        String kind = passed ? "passed" : "failed";
        return "<span class=\"badge " + kind + "\">" + words.of(kind) + "</span>";
    }

    /** For the script: its own words, and those for the moments. */
    private Map<String, String> chartWords() {
        Map<String, String> chart = new LinkedHashMap<>();
        List.of("time", "latency", "answered", "unanswered")
                .forEach(name -> chart.put(name, words.of("chart." + name)));
        drill.moments()
                .forEach(moment -> chart.put(moment.name(), words.named("moment", moment.name(), moment.name())));
        return chart;
    }

    private String figure(String kind) {
        String caption = words.of("figure." + kind);
        return "<figure hidden><figcaption>" + Markup.escape(caption) + "</figcaption><div class=\"chart " + kind
                + "\" tabindex=\"0\" role=\"img\" aria-label=\"" + Markup.escape(words.of("figure.help", caption))
                + "\"></div></figure>\n";
    }

    private Table table(String caption, String... headers) {
        return new Table(
                words.of(caption), List.of(headers).stream().map(words::of).toList());
    }

    private String verdict() {
        Table table = table("verdict", "verdict.demanded", "verdict.measured", "verdict.met");
        RuleTexts texts = new RuleTexts(words);
        drill.verdict()
                .forEach(rule -> table.row(
                        rule.passed() ? "" : "bad",
                        List.of(
                                texts.demand(rule.text()),
                                texts.measured(rule.measured()),
                                words.of(rule.passed() ? "yes" : "no"))));
        return table.toString();
    }

    private String figures() {
        Figures f = drill.figures();
        Table table = table("client", "client.figure", "client.value");
        table.row(words.of("client.outage"), millis(f.outageMillis()));
        table.row(words.of("client.outageSum"), millis(f.outageSumMillis()));
        table.row(words.of("client.attempts"), f.attempts());
        table.row(words.of("client.failed"), f.failedConnects());
        table.row(words.of("client.slow"), f.slowConnects());
        table.row(words.of("client.resolution"), millis(f.resolutionMillis()));
        table.row(
                words.of("client.lost"),
                words.of("client.of", String.valueOf(f.longLivedLost()), String.valueOf(f.longLived())));
        if (drill.requests() != null) {
            table.row(words.of("client.requests"), drill.requests().asked());
            table.row(words.of("client.requestsFailed"), drill.requests().failed());
            table.row(words.of("client.requestSlowest"), millis(drill.requests().slowestMillis()));
        }
        boolean moved = !f.newHolder().isEmpty();
        table.row(words.of("client.newHolder"), moved ? f.newHolder() : words.of("client.stayed"));
        table.row(
                words.of("client.newHolderAfter"),
                moved ? millis(f.newHolderMillis()) + " (± " + millis(f.clockErrorMillis()) + ")" : words.of("none"));
        table.row(
                words.of("client.backendsUpAfter"),
                f.backendsUpMillis() < 0
                        ? words.of("client.backendsDown")
                        : f.backendsUpMillis() == 0 ? words.of("client.backendsStayed") : millis(f.backendsUpMillis()));
        return table.toString();
    }

    private static String millis(double value) {
        return HumanUnits.measured(value);
    }

    /** A moment, from the fault. */
    private static String seconds(double millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1000);
    }

    private String outages() {
        if (drill.outages().isEmpty()) {
            return "";
        }
        Table table = table("outages", "from", "to", "length");
        drill.outages()
                .forEach(span -> table.row(
                        seconds(span.fromMillis()),
                        seconds(span.toMillis()),
                        millis(span.toMillis() - span.fromMillis())));
        return table.toString();
    }

    private String stages() {
        Table table = table(
                "nodes",
                "nodes.stage",
                "nodes.node",
                "nodes.state",
                "nodes.priority",
                "nodes.holder",
                "nodes.backends",
                "nodes.age");
        for (DrillReport.Stage stage : drill.stages()) {
            String name = words.named("stage", stage.name(), stage.name());
            for (NodeState node : stage.nodes()) {
                if (node.status() == null) {
                    table.row(name, node.node(), words.of("nodes.noData"), "", "", "", "");
                    continue;
                }
                RouterStatus router = node.status().router(drill.router()).orElse(null);
                table.row(
                        name,
                        node.node(),
                        router == null ? "" : state(node, router),
                        router == null ? "" : priority(router),
                        router == null ? "" : router.holder(),
                        backends(node.status()),
                        millis(node.ageMillis()));
            }
        }
        return table.toString();
    }

    private String state(NodeState node, RouterStatus router) {
        return node.noData()
                ? words.of("nodes.noAnswer", String.valueOf(router.state()))
                : String.valueOf(router.state());
    }

    private static String priority(RouterStatus router) {
        return router.effectivePriority() == router.priority()
                ? String.valueOf(router.priority())
                : router.effectivePriority() + " / " + router.priority();
    }

    private static String backends(NodeStatus status) {
        return status.frontends().stream()
                .flatMap(frontend -> frontend.backends().stream())
                .map(backend -> backend.name() + " " + backend.health())
                .collect(Collectors.joining(", "));
    }

    /** What carried each frontend's connections, as each node said it; a row for each change. */
    private String planes() {
        Table table = table("planes", "nodes.stage", "nodes.node", "planes.frontend", "planes.plane", "planes.reason");
        Map<String, FrontendStatus> last = new HashMap<>();
        for (DrillReport.Stage stage : drill.stages()) {
            for (NodeState node : stage.nodes()) {
                for (FrontendStatus now : node.status() == null
                        ? List.<FrontendStatus>of()
                        : node.status().frontends()) {
                    FrontendStatus before = last.put(node.node() + " " + now.name(), now);
                    if (before == null
                            || !Objects.equals(before.plane(), now.plane())
                            || !Objects.equals(before.planeReason(), now.planeReason())) {
                        table.row(
                                "",
                                Arrays.asList(
                                        words.named("stage", stage.name(), stage.name()),
                                        node.node(),
                                        now.name(),
                                        now.plane(),
                                        now.planeReason()));
                    }
                }
            }
        }
        return last.isEmpty() ? "" : folded("planes", table);
    }

    private String lanes(String caption, String what, List<DrillReport.Lane> lanes) {
        Table table = table(caption, what, "nodes.state", "from", "to");
        lanes.forEach(lane -> lane.phases()
                .forEach(phase ->
                        table.row(lane.name(), phase.state(), seconds(phase.fromMillis()), seconds(phase.toMillis()))));
        return folded(caption, table);
    }

    private String timeline() {
        Table table = table("timeline", "timeline.at", "nodes.node", "timeline.event");
        drill.timeline()
                .forEach(event -> table.row("", Arrays.asList(seconds(event.atMillis()), event.node(), event.text())));
        return folded("timeline", table);
    }
}
