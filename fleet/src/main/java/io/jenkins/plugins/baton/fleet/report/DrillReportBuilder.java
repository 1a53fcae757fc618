package io.jenkins.plugins.baton.fleet.report;

import io.jenkins.plugins.baton.fleet.report.DrillReport.Event;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Figures;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Lane;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Moment;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Probes;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Requests;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Rule;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Span;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Stage;
import java.util.List;

/** Makes a {@link DrillReport} of values that are given by name. What is not given is empty; figures must be given. */
public final class DrillReportBuilder {
    private String scenario = "";
    private String description = "";
    private String node = "";
    private String router = "";
    private String target = "";
    private String startedAt = "";
    private boolean passed;
    private List<Rule> verdict = List.of();
    private Figures figures;
    private List<Moment> moments = List.of();
    private List<Span> outages = List.of();
    private List<Lane> holders = List.of();
    private List<Lane> backendHealth = List.of();
    private List<Event> timeline = List.of();
    private List<Stage> stages = List.of();
    private Probes probes;
    private Requests requests;

    DrillReportBuilder() {}

    DrillReportBuilder(DrillReport drill) {
        scenario = drill.scenario();
        description = drill.description();
        node = drill.node();
        router = drill.router();
        target = drill.target();
        startedAt = drill.startedAt();
        passed = drill.passed();
        verdict = drill.verdict();
        figures = drill.figures();
        moments = drill.moments();
        outages = drill.outages();
        holders = drill.holders();
        backendHealth = drill.backendHealth();
        timeline = drill.timeline();
        stages = drill.stages();
        probes = drill.probes();
        requests = drill.requests();
    }

    public DrillReportBuilder scenario(String scenario) {
        this.scenario = scenario;
        return this;
    }

    public DrillReportBuilder description(String description) {
        this.description = description;
        return this;
    }

    public DrillReportBuilder node(String node) {
        this.node = node;
        return this;
    }

    public DrillReportBuilder router(String router) {
        this.router = router;
        return this;
    }

    public DrillReportBuilder target(String target) {
        this.target = target;
        return this;
    }

    public DrillReportBuilder startedAt(String startedAt) {
        this.startedAt = startedAt;
        return this;
    }

    public DrillReportBuilder passed(boolean passed) {
        this.passed = passed;
        return this;
    }

    public DrillReportBuilder verdict(List<Rule> verdict) {
        this.verdict = verdict;
        return this;
    }

    public DrillReportBuilder figures(Figures figures) {
        this.figures = figures;
        return this;
    }

    public DrillReportBuilder moments(List<Moment> moments) {
        this.moments = moments;
        return this;
    }

    public DrillReportBuilder outages(List<Span> outages) {
        this.outages = outages;
        return this;
    }

    public DrillReportBuilder holders(List<Lane> holders) {
        this.holders = holders;
        return this;
    }

    public DrillReportBuilder backendHealth(List<Lane> backendHealth) {
        this.backendHealth = backendHealth;
        return this;
    }

    public DrillReportBuilder timeline(List<Event> timeline) {
        this.timeline = timeline;
        return this;
    }

    public DrillReportBuilder stages(List<Stage> stages) {
        this.stages = stages;
        return this;
    }

    public DrillReportBuilder probes(Probes probes) {
        this.probes = probes;
        return this;
    }

    public DrillReportBuilder requests(Requests requests) {
        this.requests = requests;
        return this;
    }

    public DrillReport build() {
        return new DrillReport(
                scenario,
                description,
                node,
                router,
                target,
                startedAt,
                passed,
                verdict,
                figures,
                moments,
                outages,
                holders,
                backendHealth,
                timeline,
                stages,
                probes,
                requests);
    }
}
