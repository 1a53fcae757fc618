package io.jenkins.plugins.baton.jenkins.result;

import hudson.Util;
import io.jenkins.plugins.baton.fleet.report.DrillReport;
import io.jenkins.plugins.baton.jmx.status.RouterStatus;
import io.jenkins.plugins.baton.jmx.text.HumanUnits;
import java.io.Serializable;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One drill in short; the page of the build has all of it. What an older version did not keep is empty or 0. */
@ExportedBean(defaultVisibility = 3)
public final class DrillResult implements Serializable {
    private static final long serialVersionUID = 1;

    private final String scenario;
    private final String node;
    private final boolean passed;
    private final Outcome outcome;
    private final String message;
    private final long startedAt;
    private final double maxOutageMillis;
    private final double outageMillis;
    private final int attempts;
    private final int failedConnects;
    private final int connections;
    private final int lostConnections;
    private final String oldHolder;
    private final String newHolder;

    private DrillResult(DrillReport report, Demand demand) {
        DrillReport.Figures figures = report.figures();
        this.scenario = report.scenario();
        this.node = report.node();
        this.passed = report.passed();
        this.outcome = passed ? Outcome.PASSED : Outcome.FAILED;
        this.message = Texts.cut(report.verdict().stream()
                .filter(rule -> !rule.passed())
                .map(rule -> rule.text() + ": " + rule.measured())
                .collect(Collectors.joining("; ")));
        this.startedAt = demand.startedAt();
        this.maxOutageMillis = demand.maxOutageMillis();
        this.outageMillis = Math.round(figures.outageMillis() * 10) / 10.0;
        this.attempts = figures.attempts();
        this.failedConnects = figures.failedConnects();
        this.connections = figures.longLived();
        this.lostConnections = figures.longLivedLost();
        this.oldHolder = holderBefore(report).orElse("");
        this.newHolder = figures.newHolder();
    }

    private DrillResult(String scenario, String node, Outcome outcome, String message, Demand demand) {
        this.scenario = Texts.cut(scenario);
        this.node = Texts.cut(node);
        this.passed = false;
        this.outcome = outcome;
        this.message = Texts.cut(message);
        this.startedAt = demand.startedAt();
        this.maxOutageMillis = demand.maxOutageMillis();
        this.outageMillis = 0;
        this.attempts = 0;
        this.failedConnects = 0;
        this.connections = 0;
        this.lostConnections = 0;
        this.oldHolder = "";
        this.newHolder = "";
    }

    /** For what reads its fields from a file. */
    private DrillResult() {
        this("", "", Outcome.ERROR, "", new Demand(0, 0));
    }

    /**
     * What was asked of a drill.
     *
     * @param startedAt in ms since 1970
     * @param maxOutageMillis with which it passes
     */
    public record Demand(long startedAt, double maxOutageMillis) {}

    /** A drill that ran to its end. */
    public static DrillResult of(DrillReport report, Demand demand) {
        return new DrillResult(report, demand);
    }

    /**
     * A drill that did not run to its end.
     *
     * @param node empty when it was not chosen yet
     * @param message why, for a person
     */
    public static DrillResult unfinished(String scenario, String node, Outcome outcome, String message, Demand demand) {
        return new DrillResult(scenario, node, outcome, message, demand);
    }

    private static Optional<String> holderBefore(DrillReport report) {
        return report.stages().stream()
                .limit(1)
                .flatMap(stage -> stage.nodes().stream())
                .filter(state -> state.status() != null)
                .filter(state -> state.status()
                        .router(report.router())
                        .filter(RouterStatus::isMaster)
                        .isPresent())
                .map(DrillReport.NodeState::node)
                .findFirst();
    }

    @Whitelisted
    @Exported
    public String getScenario() {
        return Util.fixNull(scenario);
    }

    /** The node that was hit. */
    @Whitelisted
    @Exported
    public String getNode() {
        return Util.fixNull(node);
    }

    @Whitelisted
    @Exported
    public boolean isPassed() {
        return passed;
    }

    @Whitelisted
    @Exported
    public Outcome getOutcome() {
        return outcome == null ? (passed ? Outcome.PASSED : Outcome.FAILED) : outcome;
    }

    /** Why it did not pass; empty when it did. */
    @Whitelisted
    @Exported
    public String getMessage() {
        return Util.fixNull(message);
    }

    /** In ms since 1970; 0 when that is not known. */
    @Whitelisted
    @Exported
    public long getStartedAt() {
        return startedAt;
    }

    /** The longest outage with which it passes; 0 when that is not known. */
    @Whitelisted
    @Exported
    public double getMaxOutageMillis() {
        return maxOutageMillis;
    }

    /** Longest time in which no new connection of a client was served; 0 of a drill that did not run to its end. */
    @Whitelisted
    @Exported
    public double getOutageMillis() {
        return outageMillis;
    }

    /** New connections that were tried. */
    @Whitelisted
    @Exported
    public int getAttempts() {
        return attempts;
    }

    @Whitelisted
    @Exported
    public int getFailedConnects() {
        return failedConnects;
    }

    /** Connections that were held through the drill. */
    @Whitelisted
    @Exported
    public int getConnections() {
        return connections;
    }

    @Whitelisted
    @Exported
    public int getLostConnections() {
        return lostConnections;
    }

    /** Who held the virtual address before; empty when that is not known. */
    @Whitelisted
    @Exported
    public String getOldHolder() {
        return Util.fixNull(oldHolder);
    }

    /** Who took it; empty when it did not move. */
    @Whitelisted
    @Exported
    public String getNewHolder() {
        return Util.fixNull(newHolder);
    }

    /** For a description or a message, in one line, in English. */
    String inShort() {
        String what = getNode().isEmpty() ? getScenario() : getScenario() + " on " + getNode();
        if (!getOutcome().isJudged()) {
            return what + " " + getOutcome().getStyle() + (getMessage().isEmpty() ? "" : ": " + getMessage());
        }
        String measured = what + " " + getOutcome().getStyle() + ", outage " + HumanUnits.measured(outageMillis) + ", "
                + lostConnections + " of " + connections + " connections lost";
        return getNewHolder().isEmpty() ? measured : measured + ", " + getNewHolder() + " took over";
    }

    @Override
    public String toString() {
        return scenario + " on " + node + " " + getOutcome().getStyle() + ", outage " + outageMillis + " ms";
    }
}
