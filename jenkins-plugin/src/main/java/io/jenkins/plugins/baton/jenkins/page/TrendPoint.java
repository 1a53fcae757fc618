package io.jenkins.plugins.baton.jenkins.page;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.baton.jenkins.result.DrillResult;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One drill in the trend of a job. */
@ExportedBean(defaultVisibility = 2)
public final class TrendPoint {
    /** A trend is about the last weeks; each build that is looked at may have to be loaded from disk. */
    private static final int MAX_BUILDS = 150;

    private static final int MAX_POINTS = 300;

    private final int build;
    private final long at;
    private final DrillResult drill;

    private TrendPoint(Run<?, ?> build, DrillResult drill) {
        this.build = build.getNumber();
        this.at = build.getStartTimeInMillis();
        this.drill = drill;
    }

    /** The newest first. Deleted builds are simply not there. */
    static List<TrendPoint> latest(Job<?, ?> job) {
        List<TrendPoint> points = new ArrayList<>();
        int builds = 0;
        for (Run<?, ?> run = job.getLastBuild(); run != null; run = run.getPreviousBuild()) {
            if (builds++ == MAX_BUILDS || points.size() >= MAX_POINTS) {
                break;
            }
            ControlPlaneAction action = run.getAction(ControlPlaneAction.class);
            if (action != null) {
                for (DrillResult drill : action.getDrills()) {
                    points.add(new TrendPoint(run, drill));
                }
            }
        }
        return points;
    }

    JSONObject toJson() {
        JSONObject json = new JSONObject();
        json.put("build", build);
        json.put("at", at);
        json.put("scenario", drill.getScenario());
        json.put("node", drill.getNode());
        json.put("passed", drill.isPassed());
        json.put("outageMillis", drill.getOutageMillis());
        json.put("lostConnections", drill.getLostConnections());
        json.put("failedConnects", drill.getFailedConnects());
        return json;
    }

    @Exported
    public int getBuild() {
        return build;
    }

    /** When the build began, in ms since 1970. */
    @Exported
    public long getAt() {
        return at;
    }

    @Exported(inline = true)
    public DrillResult getDrill() {
        return drill;
    }
}
