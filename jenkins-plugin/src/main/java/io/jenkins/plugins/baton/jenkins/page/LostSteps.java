package io.jenkins.plugins.baton.jenkins.page;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.baton.jenkins.result.Outcome;
import io.jenkins.plugins.baton.jenkins.result.StepResult;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A build that is over has no running step: what had no chance to say how it ended, was lost. */
@Extension
public final class LostSteps extends RunListener<Run<?, ?>> {
    private static final Logger LOGGER = Logger.getLogger(LostSteps.class.getName());

    @Override
    public void onCompleted(Run<?, ?> build, TaskListener listener) {
        ControlPlaneAction action = build.getAction(ControlPlaneAction.class);
        if (action == null) {
            return;
        }
        for (StepResult step : action.getSteps()) {
            try {
                action.end(step.getNumber(), result -> result.ended(Outcome.LOST, "", System.currentTimeMillis()));
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "the end of " + step + " of " + build + " cannot be kept", e);
            }
        }
    }
}
