package io.jenkins.plugins.baton.jenkins.step;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.node.Errand;
import io.jenkins.plugins.baton.jenkins.node.StopSignal;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Sends an errand to the build's node and waits for its end, also when the build is aborted: the errand puts things right
 * first. An errand that only looks begins anew when its node, or the controller, comes back; any other ends the step.
 *
 * @param <T> what the errand brings back
 */
abstract class FleetExecution<T extends Serializable> extends GeneralNonBlockingStepExecution {
    private static final long serialVersionUID = 1;

    /** As long as Pipeline itself waits for a node after a restart. */
    private static final Duration NODE_RETURNS = Duration.ofMinutes(5);

    private static final long PAUSE_MILLIS = 1000;

    private volatile boolean again;
    private transient Jenkins controller;
    private transient volatile StopSignal.Switch signal;
    private transient volatile Throwable aborted;

    FleetExecution(StepContext context) {
        super(context);
    }

    abstract Errand<T> errand(StopSignal stop) throws IOException, InterruptedException;

    /** @return what the pipeline gets */
    abstract Object conclude(T result) throws IOException, InterruptedException;

    /** For a person who aborts the build, or whose node went away. */
    abstract String putsRight();

    /** Whether the errand changes nothing. */
    boolean onlyLooks() {
        return false;
    }

    /** Whether the errand was begun before and cut short. */
    final boolean isAgain() {
        return again;
    }

    @Override
    public boolean start() {
        send();
        return false;
    }

    /** An errand was in the memory of the controller that is gone. */
    @Override
    public void onResume() {
        if (!onlyLooks()) {
            getContext().onFailure(new AbortException(Messages.FleetExecution_restarted(putsRight())));
            return;
        }
        again = true;
        try {
            say(Messages.FleetExecution_resumed());
        } catch (IOException | InterruptedException e) {
            getContext().onFailure(e);
            return;
        }
        send();
    }

    /** A safe restart waits for what would be cut short. */
    @Override
    public boolean blocksRestart() {
        return !onlyLooks();
    }

    private void send() {
        StopSignal.Switch stop = new StopSignal.Switch();
        signal = stop;
        controller = Jenkins.get();
        run(() -> {
            try {
                Object value = conclude(carryOut(stop));
                if (aborted == null) {
                    getContext().onSuccess(value);
                    return;
                }
            } catch (AbortException e) {
                if (isGoingDown()) {
                    // Nodes go first when a controller shuts down. It is for onResume to say what becomes of the step.
                    return;
                }
                if (aborted == null) {
                    throw e;
                }
                say(e.getMessage());
            }
            getContext().onFailure(aborted);
        });
    }

    private T carryOut(StopSignal stop) throws IOException, InterruptedException {
        while (true) {
            FilePath workspace = workspace(again ? NODE_RETURNS : Duration.ZERO);
            try {
                return call(workspace, stop);
            } catch (NodeLost e) {
                if (!onlyLooks() || aborted != null || isGoingDown()) {
                    throw e;
                }
                again = true;
                say(Messages.FleetExecution_awaiting(nodeName()));
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private FilePath workspace(Duration patience) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            String trouble = "";
            try {
                FilePath workspace = getContext().get(FilePath.class);
                if (workspace != null && workspace.getChannel() != null) {
                    return workspace;
                }
            } catch (IOException e) {
                // Pipeline's way of saying that the node is offline.
                trouble = e.getMessage();
            }
            if (aborted != null || isGoingDown() || System.nanoTime() - end >= 0) {
                throw new AbortException(Messages.FleetExecution_offline(nodeName(), trouble).strip());
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private T call(FilePath workspace, StopSignal stop) throws IOException, InterruptedException {
        VirtualChannel channel = workspace.getChannel();
        Errand<T> errand = prepared(stop);
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
            throw new NodeLost(Messages.FleetExecution_lost(nodeName(), putsRight()));
        }
    }

    private Errand<T> prepared(StopSignal stop) throws IOException, InterruptedException {
        try {
            return errand(stop);
        } catch (AbortException e) {
            throw e;
        } catch (IOException e) {
            throw new AbortException(Messages.FleetExecution_notReady(nodeName(), e.getMessage()));
        }
    }

    private String nodeName() throws IOException, InterruptedException {
        Node node = getContext().get(Node.class);
        return node == null ? "?" : node.getDisplayName();
    }

    private void say(String sentence) throws IOException, InterruptedException {
        getContext().get(TaskListener.class).getLogger().println(sentence);
    }

    private boolean isGoingDown() {
        return Jenkins.getInstanceOrNull() != controller || controller.isTerminating();
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
        say(Messages.FleetExecution_stopping(putsRight()));
        running.set();
    }

    /** The node went away while the errand was on it. */
    private static final class NodeLost extends AbortException {
        private static final long serialVersionUID = 1;

        NodeLost(String message) {
            super(message);
        }
    }
}
