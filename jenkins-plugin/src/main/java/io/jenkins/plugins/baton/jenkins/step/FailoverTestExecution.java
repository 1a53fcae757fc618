package io.jenkins.plugins.baton.jenkins.step;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.baton.fleet.Times;
import io.jenkins.plugins.baton.fleet.drill.DrillRequest;
import io.jenkins.plugins.baton.fleet.drill.Plan;
import io.jenkins.plugins.baton.fleet.drill.Scenario;
import io.jenkins.plugins.baton.fleet.report.ReportFiles;
import io.jenkins.plugins.baton.fleet.report.RunReport;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.node.CancellationSignal;
import io.jenkins.plugins.baton.jenkins.node.NodeCallable;
import io.jenkins.plugins.baton.jenkins.result.DrillResult;
import io.jenkins.plugins.baton.jenkins.result.FailoverResult;
import io.jenkins.plugins.baton.jenkins.result.Outcome;
import io.jenkins.plugins.baton.jenkins.result.StepResult;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Has the drills run on the Jenkins node, keeps their report with the build and judges the build by it. */
final class FailoverTestExecution extends FleetExecution<String> {
    private static final long serialVersionUID = 1;
    private static final int MAX_REASONS = 20;

    private final HaFailoverTestStep step;
    private final DrillRequest request;
    private final OnFailure onFailure;
    /** What is drilled; null before it is known which cluster it is. */
    private volatile DrillRequest decided;

    FailoverTestExecution(StepContext context, HaFailoverTestStep step, DrillRequest request, OnFailure onFailure) {
        super(context, step);
        this.step = step;
        this.request = request;
        this.onFailure = onFailure;
        this.decided = request.scenario().equals(Scenario.NEXT) ? null : request;
    }

    @Override
    NodeCallable<String> callable(CancellationSignal stop) throws IOException, InterruptedException {
        DrillDecision decision =
                new DrillDecision.Recorded(request, getContext().get(TaskListener.class), one -> decided = one);
        return new DrillCallable(setting(stop), decision, step.reportFolder(getContext()));
    }

    /** @param json of the run without its drills, which were told of one by one */
    @Override
    Object conclude(String json) throws IOException, InterruptedException {
        RunReport run = ReportFiles.parse(json);
        if (!isAborted()) {
            if (run.unfinished() != null) {
                keep(outcome(run.unfinished().outcome()), run.unfinished().reason());
            }
            if (!run.passed()) {
                keep(Outcome.FAILED, "");
                complain(Messages.HaFailoverTestStep_notPassed(reasons(run.refusal())));
            }
        }
        return FailoverResult.of(results().getSteps().get(number()));
    }

    /** For the last line of the log: what was not met by which drill, and why others did not run to their end. */
    private String reasons(String refusal) throws IOException, InterruptedException {
        Stream<String> failed = results().getSteps().get(number()).getDrills().stream()
                .filter(drill -> drill.getOutcome() == Outcome.FAILED)
                .map(drill -> drill.getScenario() + " on " + drill.getNode() + ": " + drill.getMessage());
        return Stream.concat(failed, Stream.of(refusal).filter(text -> !text.isEmpty()))
                .limit(MAX_REASONS)
                .collect(Collectors.joining("\n", "\n", "\n"));
    }

    private static Outcome outcome(String word) {
        return switch (word) {
            case RunReport.Unfinished.REFUSED -> Outcome.REFUSED;
            case RunReport.Unfinished.ABORTED -> Outcome.ABORTED;
            default -> Outcome.ERROR;
        };
    }

    @Override
    double maxOutageMillis() {
        return Times.parse(request.demands().maxOutage()).toMillis();
    }

    @Override
    Outcome failure(boolean refused) {
        return refused ? Outcome.REFUSED : Outcome.ERROR;
    }

    /** The drill that was under way is a result too. */
    @Override
    StepResult closed(StepResult before, Outcome outcome, String sentence) {
        StepResult result = step.isJunit() && step.getReport() == null ? before.tested() : before;
        if (decided == null) {
            return result;
        }
        List<Plan> plans = decided.plans();
        int attempted = result.getDrills().size();
        if (outcome.isJudged() || attempted >= plans.size()) {
            return result;
        }
        return result.drilled(DrillResult.unfinished(
                plans.get(attempted).scenario().word(),
                request.node() == null ? result.getHolder() : request.node(),
                outcome,
                sentence,
                new DrillResult.Demand(System.currentTimeMillis(), maxOutageMillis())));
    }

    private void complain(String sentence) throws IOException, InterruptedException {
        if (onFailure == OnFailure.FAIL) {
            throw new AbortException(sentence);
        }
        getContext().get(TaskListener.class).getLogger().println(sentence);
        getContext().get(FlowNode.class).addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(sentence));
        getContext().get(Run.class).setResult(Result.UNSTABLE);
    }

    @Override
    String recoveryNote() {
        return Messages.HaFailoverTestStep_recoveryNote();
    }

    @Override
    public String getStatus() {
        return Messages.HaFailoverTestStep_status(step.getScenario(), step.getCluster());
    }
}
