package io.jenkins.plugins.baton.jenkins.step;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.baton.fleet.drill.DrillRequest;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.node.CancellationSignal;
import io.jenkins.plugins.baton.jenkins.node.NodeCallable;
import io.jenkins.plugins.baton.jenkins.page.DrillsAction;
import io.jenkins.plugins.baton.jenkins.result.FailoverResult;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Has the drills run on the Jenkins node, keeps their report with the build and judges the build by it. */
final class FailoverTestExecution extends FleetExecution<String> {
    private static final long serialVersionUID = 1;

    private final HaFailoverTestStep step;
    private final DrillRequest request;
    private final OnFailure onFailure;

    FailoverTestExecution(StepContext context, HaFailoverTestStep step, DrillRequest request, OnFailure onFailure) {
        super(context);
        this.step = step;
        this.request = request;
        this.onFailure = onFailure;
    }

    @Override
    NodeCallable<String> callable(CancellationSignal stop) throws IOException, InterruptedException {
        return new DrillCallable(step.setting(getContext(), stop), request, step.reportFolder(getContext()));
    }

    @Override
    Object conclude(String json) throws IOException, InterruptedException {
        FailoverResult result = DrillsAction.of(getContext().get(Run.class)).add(json);
        if (!result.isPassed()) {
            complain(Messages.HaFailoverTestStep_notPassed(result.getRefusal()));
        }
        return result;
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
