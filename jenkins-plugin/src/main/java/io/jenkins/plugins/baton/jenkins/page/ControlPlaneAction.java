package io.jenkins.plugins.baton.jenkins.page;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.result.DrillResult;
import io.jenkins.plugins.baton.jenkins.result.FailoverResult;
import io.jenkins.plugins.baton.jenkins.result.StepResult;
import io.jenkins.plugins.baton.jenkins.result.StepResultListener;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import jenkins.model.RunAction2;
import jenkins.security.stapler.StaplerDispatchable;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * Baton's steps of a build. In {@code build.xml} are the short results; what the agents said, and the reports of drills, are
 * files of their own, which are read only when somebody looks at them.
 */
@ExportedBean
public final class ControlPlaneAction implements RunAction2 {
    static final String URL = "baton";

    private final List<StepResult> steps = new ArrayList<>();
    /** Where an earlier version kept the drills; null otherwise. */
    private List<FailoverResult> runs;

    private transient Run<?, ?> build;

    /** What earlier versions called it. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void alias() {
        Run.XSTREAM2.addCompatibilityAlias(
                "io.jenkins.plugins.baton.jenkins.page.DrillsAction", ControlPlaneAction.class);
    }

    /** The build's action, which is added when there is none. */
    public static ControlPlaneAction of(Run<?, ?> build) {
        synchronized (build) {
            ControlPlaneAction action = build.getAction(ControlPlaneAction.class);
            if (action == null) {
                action = new ControlPlaneAction();
                build.addAction(action);
            }
            return action;
        }
    }

    /**
     * A step begins.
     *
     * @param step its name in a pipeline
     * @param source what it was given as {@code cluster}
     * @return its number, by which it is known from now on, also after a restart of the controller
     */
    public int begin(String step, String source) throws IOException {
        synchronized (build) {
            int number = steps.size();
            steps.add(new StepResult(number, step, source, System.currentTimeMillis()));
            build.save();
            return number;
        }
    }

    /** What is known of a running step changes; this is saved when the step ends. */
    public void update(int number, UnaryOperator<StepResult> change) {
        synchronized (build) {
            steps.set(number, change.apply(steps.get(number)));
        }
    }

    /**
     * A step ends. A second end changes nothing: what came first is why it ended.
     *
     * @param ending makes the ended result of the last one
     */
    public void end(int number, UnaryOperator<StepResult> ending) throws IOException {
        StepResult result;
        synchronized (build) {
            if (!steps.get(number).getOutcome().isRunning()) {
                return;
            }
            result = ending.apply(steps.get(number));
            steps.set(number, result);
            build.save();
        }
        if (!result.getDrills().isEmpty()) {
            StepFiles.markDrilled(build.getParent());
            new TrendFile(build.getParent()).add(build, result);
        }
        StepResultListener.fire(build, result);
    }

    private static boolean isDrill(StepResult step) {
        return step.getStep().equals("haFailoverTest");
    }

    private Object readResolve() {
        ControlPlaneAction action = new ControlPlaneAction();
        if (steps != null) {
            action.steps.addAll(steps);
        }
        if (runs != null) {
            runs.forEach(run -> action.steps.add(StepResult.of(action.steps.size(), run)));
        }
        return action;
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

    /** In the order in which they began. */
    @Exported
    public List<StepResult> getSteps() {
        synchronized (build) {
            return List.copyOf(steps);
        }
    }

    /** What the drills returned, one for each step that drilled. */
    @Exported
    public List<FailoverResult> getRuns() {
        return getSteps().stream()
                .filter(ControlPlaneAction::isDrill)
                .map(FailoverResult::of)
                .toList();
    }

    /** All drills of all steps. */
    public List<DrillResult> getDrills() {
        return getSteps().stream().flatMap(step -> step.getDrills().stream()).toList();
    }

    public List<StepLine> getLines() {
        return getSteps().stream().map(StepLine::new).toList();
    }

    /** What the index shows: the last step. */
    public StepPage getPage() {
        List<StepResult> all = getSteps();
        return all.isEmpty() ? null : StepPage.of(this, all.get(all.size() - 1));
    }

    /** {@code step/N/}; null when there is none. */
    @StaplerDispatchable
    public StepPage getStep(String number) {
        List<StepResult> all = getSteps();
        Integer index = index(number, all.size());
        return index == null ? null : StepPage.of(this, all.get(index));
    }

    /** A number in a URL; null when it is none, or not less than {@code length}. */
    static Integer index(String number, int length) {
        return number.matches("[0-9]{1,4}") && Integer.parseInt(number) < length ? Integer.valueOf(number) : null;
    }

    StepFiles files() {
        return new StepFiles(build);
    }

    /** How many steps drilled before this one. */
    int runsBefore(StepResult step) {
        return (int) getSteps().stream()
                .limit(step.getNumber())
                .filter(ControlPlaneAction::isDrill)
                .count();
    }

    /** {@code report/N}: the whole report of the N-th step that drilled, from 0. */
    public void doReport(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        build.checkPermission(Item.READ);
        List<StepResult> drilled =
                getSteps().stream().filter(ControlPlaneAction::isDrill).toList();
        Integer run = index(request.getRestOfPath().replaceFirst("^/", ""), drilled.size());
        if (run == null) {
            throw HttpResponses.notFound();
        }
        new WholeReport(files(), drilled.get(run), run).serve(response);
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
        return Messages.ControlPlaneAction_displayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }
}
