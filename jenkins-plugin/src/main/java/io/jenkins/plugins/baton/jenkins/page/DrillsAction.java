package io.jenkins.plugins.baton.jenkins.page;

import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.baton.fleet.report.ReportFiles;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.result.DrillResult;
import io.jenkins.plugins.baton.jenkins.result.FailoverResult;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The drills of a build. In {@code build.xml} are the short results; each report is a file of its own, which is read only
 * when somebody looks at it.
 */
@ExportedBean
public final class DrillsAction implements RunAction2 {
    static final String URL = "baton";

    private final List<FailoverResult> runs = new ArrayList<>();
    private transient Run<?, ?> build;

    /** The build's action, which is added when there is none. */
    public static DrillsAction of(Run<?, ?> build) {
        synchronized (build) {
            DrillsAction action = build.getAction(DrillsAction.class);
            if (action == null) {
                action = new DrillsAction();
                build.addAction(action);
            }
            return action;
        }
    }

    /** @param json of a {@code RunReport} */
    public FailoverResult add(String json) throws IOException {
        synchronized (build) {
            FailoverResult result = FailoverResult.of(ReportFiles.parse(json));
            new StoredReports(build).write(runs.size(), json);
            runs.add(result);
            build.save();
            return result;
        }
    }

    /** A build of an older version may know nothing of runs. */
    private Object readResolve() {
        return runs == null ? new DrillsAction() : this;
    }

    @Override
    public void onAttached(Run<?, ?> run) {
        build = run;
    }

    @Override
    public void onLoad(Run<?, ?> run) {
        build = run;
    }

    public Run<?, ?> getBuild() {
        return build;
    }

    @Exported
    public List<FailoverResult> getRuns() {
        synchronized (build) {
            return List.copyOf(runs);
        }
    }

    /** All drills of all runs. */
    public List<DrillResult> getDrills() {
        return getRuns().stream().flatMap(run -> run.getDrills().stream()).toList();
    }

    public boolean isPassed() {
        return getRuns().stream().allMatch(FailoverResult::isPassed);
    }

    /** For index.jelly; reads the reports. */
    public DrillsPage getPage() {
        return DrillsPage.of(getRuns().size(), new StoredReports(build));
    }

    /** {@code report/N}: the whole report of the N-th run, from 0. */
    public void doReport(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        build.checkPermission(Item.READ);
        String number = request.getRestOfPath().replaceFirst("^/", "");
        if (!number.matches("[0-9]{1,4}")
                || Integer.parseInt(number) >= getRuns().size()) {
            throw HttpResponses.notFound();
        }
        new StoredReports(build).serve(Integer.parseInt(number), response);
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
        return Messages.DrillsAction_displayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }
}
