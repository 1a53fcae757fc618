package io.jenkins.plugins.baton.jenkins.page;

import io.jenkins.plugins.baton.fleet.deploy.plan.Intention;
import io.jenkins.plugins.baton.fleet.report.DrillReport;
import io.jenkins.plugins.baton.fleet.report.DrillSection;
import io.jenkins.plugins.baton.fleet.report.ReportFiles;
import io.jenkins.plugins.baton.fleet.report.RunReport;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.record.Look;
import io.jenkins.plugins.baton.jenkins.record.StepRecord;
import io.jenkins.plugins.baton.jenkins.result.DrillResult;
import io.jenkins.plugins.baton.jenkins.result.StepResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import jenkins.security.stapler.StaplerDispatchable;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * One step of a build, and of a step that drilled one drill: a page of bounded height, which reads no more than it shows. It is
 * at {@code step/N/}, for a drill at {@code step/N/drill/M/}.
 */
@ExportedBean
public final class StepPage {
    private final ControlPlaneAction action;
    private final StepResult step;
    /** Of the drill that is shown; -1: the step has none. */
    private final int selected;

    private StepRecord record;
    private DrillReport report;
    private String unreadable = "";

    private StepPage(ControlPlaneAction action, StepResult step, int selected) {
        this.action = action;
        this.step = step;
        this.selected = selected;
    }

    /** The step with the drill that needs a reader most: the first that did not pass, else the last. */
    static StepPage of(ControlPlaneAction action, StepResult step) {
        List<DrillResult> drills = step.getDrills();
        int first = IntStream.range(0, drills.size())
                .filter(i -> !drills.get(i).isPassed())
                .findFirst()
                .orElse(drills.size() - 1);
        return new StepPage(action, step, first);
    }

    /** {@code drill/M/}; null when there is none. */
    @StaplerDispatchable
    public StepPage getDrill(String number) {
        Integer drill = ControlPlaneAction.index(number, step.getDrills().size());
        return drill == null ? null : new StepPage(action, step, drill);
    }

    /** {@code look/N/}; null when there is none. */
    @StaplerDispatchable
    public LookView getLook(String number) throws IOException {
        List<LookView> looks = getLooks();
        Integer look = ControlPlaneAction.index(number, looks.size());
        return look == null ? null : looks.get(look);
    }

    public ControlPlaneAction getAction() {
        return action;
    }

    @Exported
    public StepResult getStep() {
        return step;
    }

    public StepLine getLine() {
        return new StepLine(step);
    }

    /** Why the step did not pass, a sentence each. */
    public List<String> getReasons() {
        return step.getMessage().lines().filter(line -> !line.isBlank()).toList();
    }

    public List<DrillLine> getDrills() {
        return IntStream.range(0, step.getDrills().size())
                .mapToObj(i -> DrillLine.of(step, i))
                .toList();
    }

    public boolean isDrilled() {
        return !step.getDrills().isEmpty();
    }

    /** The number of the whole report of a step that drilled. */
    public int getRun() {
        return action.runsBefore(step);
    }

    public int getSelected() {
        return selected;
    }

    private StepRecord record() throws IOException {
        if (record == null) {
            record = action.files().read(step.getNumber());
        }
        return record;
    }

    /** The report of the drill that is shown; null when it has none. */
    private DrillReport report() {
        if (report == null
                && unreadable.isEmpty()
                && selected >= 0
                && step.getDrills().get(selected).getOutcome().isJudged()) {
            try {
                report = action.files().read(step.getNumber(), selected, action.runsBefore(step));
            } catch (IOException e) {
                unreadable = Messages.StepPage_unreadable(e.getMessage());
            }
        }
        return report;
    }

    /** Why the report cannot be shown; empty when it can. */
    public String getUnreadable() {
        report();
        return unreadable;
    }

    public boolean isDrawn() {
        return report() != null;
    }

    /** The drill that is shown, as markup in which everything that came from a node is escaped. */
    public String getHtml() {
        return new DrillSection(report(), LocaleProvider.getLocale(), ReaderTimes.zone()).html(0);
    }

    /** The data of the charts; safe inside a script element. */
    public String getJson() throws IOException {
        return ReportFiles.json(RunReport.complete("", "", List.of(report()))).replace("<", "\\u003c");
    }

    /** What the agents said: of a drill that ran to its end at its stages, else as it was told of last. In the order of the stages. */
    @Exported
    public List<LookView> getLooks() throws IOException {
        List<Look> looks = new ArrayList<>(report() == null ? record().looks() : DrillStages.of(report()));
        List<LookView> views = new ArrayList<>();
        String path = action.getBuild().getUrl() + step.getUrl() + (selected < 0 ? "" : "drill/" + selected + "/");
        for (int i = 0; i < looks.size(); i++) {
            views.add(new LookView(looks.get(i), path + "look/" + i + "/"));
        }
        return views;
    }

    /** The last look, which is shown whole; null when there is none. */
    public LookView getLatest() throws IOException {
        List<LookView> looks = getLooks();
        return looks.isEmpty() ? null : looks.get(looks.size() - 1);
    }

    /** Those before it, the last first. */
    public List<LookView> getEarlier() throws IOException {
        List<LookView> looks = new ArrayList<>(getLooks());
        Collections.reverse(looks);
        return looks.isEmpty() ? looks : looks.subList(1, looks.size());
    }

    /** Of a deployment: what was to be done, and the cluster file; null of other steps, and when it did not come so far. */
    public DeploymentView getDeployment() throws IOException {
        Intention intention = record().intention();
        return intention == null ? null : new DeploymentView(intention, step.getChanged());
    }

    /** The same as JSON has it; empty of other steps. */
    @Exported(name = "intention")
    @SuppressWarnings("unchecked") // the keys of a JSON object are texts
    public Map<String, Object> getExportedIntention() throws IOException {
        Intention intention = record().intention();
        return intention == null ? Map.of() : StatusJson.mapper().convertValue(intention, Map.class);
    }

    public hudson.model.Api getApi() {
        return new hudson.model.Api(this);
    }
}
