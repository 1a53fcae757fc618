package io.jenkins.plugins.baton.jenkins.page;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.baton.jenkins.Messages;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import net.sf.json.JSONArray;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How the outages of a job's drills developed. */
@ExportedBean
public final class DrillTrend implements Action {
    private static final int NEWEST = 40;

    private final Job<?, ?> job;
    /** Of one request: this is made anew for each. */
    private List<TrendPoint> points;

    private DrillTrend(Job<?, ?> job) {
        this.job = job;
    }

    public Job<?, ?> getJob() {
        return job;
    }

    /** The latest drills, the newest first. */
    @Exported
    public List<TrendPoint> getPoints() throws IOException {
        if (points == null) {
            points = new TrendFile(job).points();
        }
        return points;
    }

    /** What the page shows at once. */
    public List<TrendPoint> getNewest() throws IOException {
        List<TrendPoint> all = getPoints();
        return all.subList(0, Math.min(NEWEST, all.size()));
    }

    /** What it shows after a click. */
    public List<TrendPoint> getEarlier() throws IOException {
        List<TrendPoint> all = getPoints();
        return all.subList(Math.min(NEWEST, all.size()), all.size());
    }

    /** {@code trend}: the points for the chart, the oldest first. */
    public void doTrend(StaplerResponse2 response) throws IOException {
        job.checkPermission(Item.READ);
        JSONArray oldestFirst = new JSONArray();
        getPoints().forEach(point -> oldestFirst.add(0, point.toJson()));
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getWriter().write(oldestFirst.toString());
    }

    public hudson.model.Api getApi() {
        return new hudson.model.Api(this);
    }

    @Override
    public String getIconFileName() {
        return "symbol-pulse-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.DrillTrend_displayName();
    }

    @Override
    public String getUrlName() {
        return ControlPlaneAction.URL;
    }

    /** Gives it to jobs that ever drilled. */
    @Extension
    @SuppressWarnings("rawtypes") // The extension point is about a raw type.
    public static final class Factory extends TransientActionFactory<Job> {
        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @Override
        public Collection<? extends Action> createFor(Job job) {
            Job<?, ?> typed = job;
            return StepFiles.any(typed) ? List.of(new DrillTrend(typed)) : List.of();
        }
    }
}
