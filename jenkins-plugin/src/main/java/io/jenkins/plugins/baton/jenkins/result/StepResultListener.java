package io.jenkins.plugins.baton.jenkins.result;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Hears of every step that ended, whichever way. */
public abstract class StepResultListener implements ExtensionPoint {
    private static final Logger LOGGER = Logger.getLogger(StepResultListener.class.getName());

    /** Called once for each step, after the result was saved with its build; the build goes on afterwards. */
    public abstract void onEnded(Run<?, ?> build, StepResult result);

    public static void fire(Run<?, ?> build, StepResult result) {
        for (StepResultListener listener : ExtensionList.lookup(StepResultListener.class)) {
            try {
                listener.onEnded(build, result);
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, "a listener failed at " + result + " of " + build, e);
            }
        }
    }
}
