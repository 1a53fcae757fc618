package io.jenkins.plugins.baton.jenkins.step;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.node.Errand;
import io.jenkins.plugins.baton.jenkins.node.StopSignal;
import java.io.IOException;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Sends an errand to the build's node and waits for its end, also when the build is aborted: the errand puts things right
 * first.
 *
 * @param <T> what the errand brings back
 */
abstract class FleetExecution<T extends Serializable> extends GeneralNonBlockingStepExecution {
    private static final long serialVersionUID = 1;

    private transient volatile StopSignal.Switch signal;
    private transient volatile Throwable aborted;

    FleetExecution(StepContext context) {
        super(context);
    }

    abstract Errand<T> errand(StopSignal stop) throws IOException, InterruptedException;

    /** @return what the pipeline gets */
    abstract Object conclude(T result) throws IOException, InterruptedException;

    /** For a person who aborts the build. */
    abstract String putsRight();

    @Override
    public boolean start() {
        send();
        return false;
    }

    final void send() {
        StopSignal.Switch stop = new StopSignal.Switch();
        signal = stop;
        run(() -> {
            try {
                Object value = conclude(call(errand(stop)));
                if (aborted == null) {
                    getContext().onSuccess(value);
                    return;
                }
            } catch (AbortException e) {
                if (aborted == null) {
                    throw e;
                }
                getContext().get(TaskListener.class).getLogger().println(e.getMessage());
            }
            getContext().onFailure(aborted);
        });
    }

    private T call(Errand<T> errand) throws IOException, InterruptedException {
        FilePath workspace = getContext().get(FilePath.class);
        VirtualChannel channel = workspace.getChannel();
        Computer computer = workspace.toComputer();
        String name = computer == null ? "?" : computer.getDisplayName();
        try {
            try {
                return channel.call(errand);
            } finally {
                // What the errand said last is to be in the log before the next step begins.
                channel.syncLocalIO();
            }
        } catch (AbortException e) {
            throw e;
        } catch (IOException | RequestAbortedException e) {
            throw new AbortException(Messages.FleetExecution_nodeLost(name, putsRight()));
        }
    }

    /** Aborting once lets the errand put things right; aborting again does not wait for it. */
    @Override
    public void stop(Throwable cause) throws Exception {
        StopSignal.Switch running = signal;
        if (running == null || aborted != null) {
            super.stop(cause);
            return;
        }
        aborted = cause;
        getContext().get(TaskListener.class).getLogger().println(Messages.FleetExecution_stopping(putsRight()));
        running.set();
    }

    /** The errand was in the memory of the controller that is gone. */
    @Override
    public void onResume() {
        getContext().onFailure(new AbortException(Messages.FleetExecution_restarted(putsRight())));
    }
}
