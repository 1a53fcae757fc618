package io.jenkins.plugins.baton.jenkins.page;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.baton.jenkins.result.DrillResult;
import io.jenkins.plugins.baton.jenkins.result.StepResult;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One drill in the trend of a job, also one that did not run to its end. */
@ExportedBean(defaultVisibility = 2)
public final class TrendPoint {
    /** A trend is about the last weeks; each build that is looked at may have to be loaded from disk. */
    private static final int MAX_BUILDS = 150;

    /** Eight scenarios in each of them. */
    private static final int MAX_POINTS = 1200;

    private final int build;
    private final long at;
    private final DrillLine line;

    private TrendPoint(Run<?, ?> build, DrillLine line) {
        this.build = build.getNumber();
        this.at = build.getStartTimeInMillis();
        this.line = line;
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
                for (StepResult step : action.getSteps()) {
                    for (int drill = 0; drill < step.getDrills().size(); drill++) {
                        points.add(new TrendPoint(run, new DrillLine(step, drill)));
                    }
                }
            }
        }
        return points;
    }

    JSONObject toJson() {
        DrillResult drill = getDrill();
        JSONObject json = new JSONObject();
        json.put("build", build);
        json.put("at", at);
        json.put("scenario", drill.getScenario());
        json.put("node", drill.getNode());
        json.put("passed", drill.isPassed());
        json.put("outcome", drill.getOutcome().name());
        json.put("judged", drill.getOutcome().isJudged());
        json.put("word", drill.getOutcome().getWord());
        json.put("text", line.getText());
        json.put("title", line.getTitle());
        json.put("url", build + "/" + line.getUrl());
        json.put("maxOutageMillis", drill.getMaxOutageMillis());
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
        return line.getDrill();
    }

    public DrillLine getLine() {
        return line;
    }

    /** With the zone. */
    public String getWhen() {
        return ReaderTimes.moment(at);
    }
}
