package io.jenkins.plugins.baton.jenkins.result;

import io.jenkins.plugins.baton.fleet.maintenance.ClientFigures;
import io.jenkins.plugins.baton.fleet.maintenance.MaintenanceReport;
import io.jenkins.plugins.baton.jmx.text.HumanUnits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What {@code haMaintenance} did, and what a client saw meanwhile. Figures of a client are -1 when none measured. */
@ExportedBean(defaultVisibility = 3)
public final class MaintenanceResult extends SummarizedResult {
    private static final long serialVersionUID = 1;

    private final String cluster;
    private final String node;
    private final String until;
    private final boolean passed;
    private final boolean ranOut;
    private final long sessionsLeft;
    private final ArrayList<MaintenancePhase> phases = new ArrayList<>();
    private int attempts = -1;
    private int failedConnects = -1;
    private int connections = -1;
    private int lostConnections = -1;
    private int lostBeforeWork = -1;
    private long outageMillis = -1;
    private long unmeasuredMillis = -1;

    private MaintenanceResult(MaintenanceReport report) {
        cluster = Texts.cut(report.cluster());
        node = Texts.cut(report.node());
        until = Texts.cut(report.until());
        passed = report.passed();
        ranOut = report.ranOut();
        sessionsLeft = report.sessionsLeft();
        report.phases().forEach(phase -> phases.add(new MaintenancePhase(phase)));
        ClientFigures client = report.client();
        if (client != null) {
            attempts = client.attempts();
            failedConnects = client.failedConnects();
            connections = client.longLived();
            lostConnections = client.lost();
            lostBeforeWork = (int) report.lostBeforeWork();
            outageMillis = Math.round(client.outageMillis());
            unmeasuredMillis = client.unmeasuredMillis();
        }
    }

    public static MaintenanceResult of(MaintenanceReport report) {
        return new MaintenanceResult(report);
    }

    @Whitelisted
    @Exported
    public String getCluster() {
        return cluster;
    }

    @Whitelisted
    @Exported
    public String getNode() {
        return node;
    }

    /** When the nodes would have enabled the node by themselves, ISO 8601; empty when it never was out. */
    @Whitelisted
    @Exported
    public String getUntil() {
        return until;
    }

    /** The body succeeded, and the node serves in a steady cluster again. */
    @Whitelisted
    @Exported
    public boolean isPassed() {
        return passed;
    }

    /** The body took longer than {@code atMost}, so that the nodes had enabled the node before. */
    @Whitelisted
    @Exported
    public boolean isRanOut() {
        return ranOut;
    }

    /** Sessions of the node's backends that had not ended when {@code drainTimeout} was over. */
    @Whitelisted
    @Exported
    public long getSessionsLeft() {
        return sessionsLeft;
    }

    /** In order. */
    @Exported(inline = true)
    public List<MaintenancePhase> getPhases() {
        return List.copyOf(phases);
    }

    /** How long each phase took, by its name, in ms, in order. */
    @Whitelisted
    public Map<String, Long> getPhaseMillis() {
        Map<String, Long> millis = new LinkedHashMap<>();
        phases.forEach(phase -> millis.put(phase.getName(), phase.getMillis()));
        return millis;
    }

    /** Whether a client measured. */
    @Whitelisted
    @Exported
    public boolean isProbed() {
        return attempts >= 0;
    }

    /** New connections that the client tried. */
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

    /** Connections that the client held. */
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

    /** Those that were lost before the body began. */
    @Whitelisted
    @Exported
    public int getLostBeforeWork() {
        return lostBeforeWork;
    }

    /** The longest time in which no new connection was served. */
    @Whitelisted
    @Exported
    public long getOutageMillis() {
        return outageMillis;
    }

    /** How long nobody measured, because the Jenkins node was away. */
    @Whitelisted
    @Exported
    public long getUnmeasuredMillis() {
        return unmeasuredMillis;
    }

    @Override
    Summary inShort() {
        long millis = phases.stream().mapToLong(MaintenancePhase::getMillis).sum();
        return new Summary(cluster + ": maintenance of " + node + " " + (passed ? "passed" : "not passed"))
                .with("took " + HumanUnits.exact(Duration.ofMillis(millis)))
                .with(
                        isProbed()
                                ? failedConnects + " of " + attempts + " connects failed, " + lostConnections + " of "
                                        + connections + " connections lost"
                                : "")
                .with(ranOut ? "the nodes had enabled it by themselves, because its time was over" : "");
    }

    @Override
    public String toString() {
        return node + " " + getPhaseMillis();
    }
}
