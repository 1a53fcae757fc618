package io.jenkins.plugins.baton.jenkins.step;

import io.jenkins.plugins.baton.fleet.FleetException;
import io.jenkins.plugins.baton.fleet.Progress;
import io.jenkins.plugins.baton.fleet.drill.Drill;
import io.jenkins.plugins.baton.fleet.drill.DrillRequest;
import io.jenkins.plugins.baton.fleet.drill.Series;
import io.jenkins.plugins.baton.fleet.report.ReportFiles;
import io.jenkins.plugins.baton.fleet.report.RunReport;
import io.jenkins.plugins.baton.jenkins.node.ElapsedProgress;
import io.jenkins.plugins.baton.jenkins.node.FleetContext;
import io.jenkins.plugins.baton.jenkins.node.NodeCallable;
import io.jenkins.plugins.baton.jenkins.node.OwnCode;
import io.jenkins.plugins.baton.jenkins.page.ECharts;
import io.jenkins.plugins.baton.jenkins.release.BundledRelease;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Runs the drills, tells of each when it has ended, and brings back the rest of the report as JSON: what a node sends is data,
 * never objects of ours.
 */
final class DrillCallable extends NodeCallable<String> {
    private static final long serialVersionUID = 1;

    private final DrillDecision decision;
    private final String reportFolder;
    private final String echarts;
    private final String version;

    /**
     * To be made on the controller, where ECharts is.
     *
     * @param decision what to drill
     * @param reportFolder on the Jenkins node; null: none
     */
    DrillCallable(Setting setting, DrillDecision decision, String reportFolder) throws IOException {
        super(setting, OwnCode.ofController());
        this.decision = decision;
        this.reportFolder = reportFolder;
        this.echarts = reportFolder == null ? null : ECharts.script();
        this.version = BundledRelease.version();
    }

    @Override
    protected String work(FleetContext fleet) throws FleetException, IOException {
        if (reportFolder != null) {
            ReportFiles.prepare(Path.of(reportFolder));
        }
        String cluster = fleet.file().cluster().name();
        DrillRequest request = decision.of(cluster);
        Progress progress = new ElapsedProgress(fleet.progress());
        Drill drill = new Drill(fleet.file(), fleet.access(), fleet.nodes(), progress, fleet.feed());
        Series series = new Series(drill::run, progress, fleet.feed()::drilled);
        RunReport run = series.run(cluster, version, request.plans());
        if (reportFolder != null) {
            ReportFiles.write(run, Path.of(reportFolder), Locale.ENGLISH, echarts);
        }
        if (run.drills().isEmpty()) {
            throw series.failure().orElseThrow();
        }
        return ReportFiles.json(run.withoutDrills());
    }
}
