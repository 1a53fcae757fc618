package io.jenkins.plugins.baton.jenkins.step;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.node.CancellationSignal;
import io.jenkins.plugins.baton.jenkins.node.NodeCallable;
import io.jenkins.plugins.baton.jenkins.page.ControlPlaneAction;
import io.jenkins.plugins.baton.jenkins.page.StepReceiver;
import io.jenkins.plugins.baton.jenkins.result.Outcome;
import io.jenkins.plugins.baton.jenkins.result.StepResult;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Sends a callable to the build's node and waits for its end, also when the build is aborted: the callable puts things right
 * first. A callable that only looks begins anew when its node, or the controller, comes back; any other ends the step.
 *
 * @param <T> what the callable brings back
 */
abstract class FleetExecution<T extends Serializable> extends GeneralNonBlockingStepExecution {
    private static final long serialVersionUID = 1;

    /** As long as Pipeline itself waits for a node after a restart. */
    static final Duration NODE_RETURN_TIMEOUT = Duration.ofMinutes(5);

    private static final Logger LOGGER = Logger.getLogger(FleetExecution.class.getName());

    private final ClusterStep asked;
    /** Of the step in its build's results. */
    private int number;

    private volatile boolean retry;
    private transient Jenkins controller;
    private transient volatile CancellationSignal.Switch signal;
    private transient volatile Throwable aborted;
    private transient volatile StepReceiver receiver;

    /** @param asked what the pipeline's author wrote */
    FleetExecution(StepContext context, ClusterStep asked) {
        super(context);
        this.asked = asked;
    }

    abstract NodeCallable<T> callable(CancellationSignal stop) throws IOException, InterruptedException;

    /** @return what the pipeline gets */
    abstract Object conclude(T result) throws IOException, InterruptedException;

    /** For a person who aborts the build. */
    abstract String recoveryNote();

    /** For a person whose Jenkins node, or controller, went away: how things stand by the last that was heard. */
    private String lossNote() throws IOException, InterruptedException {
        String standing = results().getSteps().get(number).getStanding();
        return isReadOnly() || standing.isEmpty()
                ? Messages.FleetExecution_nothingBegun()
                : Messages.FleetExecution_standing(standing);
    }

    /** Whether the callable changes nothing. */
    boolean isReadOnly() {
        return false;
    }

    /** Whether the callable was begun before and cut short. */
    final boolean isRetry() {
        return retry;
    }

    /** What is added to the step's result when it ends, whichever way. */
    StepResult closed(StepResult result, Outcome outcome, String sentence) {
        return result;
    }

    /** What a callable works with; what it tells is kept with the build. */
    final NodeCallable.Setting setting(CancellationSignal stop) throws IOException, InterruptedException {
        receiver = new StepReceiver(getContext().get(Run.class), number, maxOutageMillis());
        return asked.setting(getContext(), stop, receiver);
    }

    /** With which a drill passes; 0 where nothing is drilled. */
    double maxOutageMillis() {
        return 0;
    }

    /** How a step ended that did not do what it was to do. */
    Outcome failure(boolean refused) {
        return refused && !isReadOnly() ? Outcome.REFUSED : Outcome.FAILED;
    }

    private Outcome outcome(AbortException failure) {
        if (failure instanceof JenkinsNode.NodeLost) {
            return Outcome.LOST;
        }
        return failure(receiver != null && receiver.isRefused());
    }

    final boolean isAborted() {
        return aborted != null;
    }

    @Override
    public boolean start() throws IOException, InterruptedException {
        number = results().begin(asked.getDescriptor().getFunctionName(), asked.getCluster());
        send();
        return false;
    }

    final ControlPlaneAction results() throws IOException, InterruptedException {
        return ControlPlaneAction.of(getContext().get(Run.class));
    }

    final int number() {
        return number;
    }

    /** Keeps how the step ended; the first word is the one that counts. */
    final void keep(Outcome outcome, String sentence) throws IOException, InterruptedException {
        results()
                .end(
                        number,
                        result ->
                                closed(result, outcome, sentence).ended(outcome, sentence, System.currentTimeMillis()));
    }

    /** A callable was in the memory of the controller that is gone. */
    @Override
    public void onResume() {
        if (!isReadOnly()) {
            try {
                String sentence = Messages.FleetExecution_restarted(lossNote());
                keepIfPossible(Outcome.LOST, sentence);
                getContext().onFailure(new AbortException(sentence));
            } catch (IOException | InterruptedException e) {
                getContext().onFailure(e);
            }
            return;
        }
        retry = true;
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
        return !isReadOnly();
    }

    private void send() {
        CancellationSignal.Switch stop = new CancellationSignal.Switch();
        signal = stop;
        controller = Jenkins.get();
        run(() -> {
            try {
                Object value = conclude(carryOut(stop));
                if (aborted == null) {
                    keep(Outcome.PASSED, "");
                    getContext().onSuccess(value);
                    return;
                }
            } catch (AbortException e) {
                if (isGoingDown()) {
                    // Nodes go first when a controller shuts down. It is for onResume to say what becomes of the step.
                    return;
                }
                if (aborted == null) {
                    keep(outcome(e), e.getMessage());
                    throw e;
                }
                say(e.getMessage());
            } catch (IOException | RuntimeException e) {
                keepIfPossible(Outcome.ERROR, String.valueOf(e.getMessage()));
                throw e;
            }
            keep(Outcome.ABORTED, reason(aborted));
            getContext().onFailure(aborted);
        });
    }

    /** Whether somebody wanted it to end. */
    static boolean isAbort(Throwable failure) {
        return failure instanceof FlowInterruptedException;
    }

    static String reason(Throwable aborted) {
        return aborted instanceof FlowInterruptedException interrupted
                ? interrupted.getCauses().stream()
                        .map(CauseOfInterruption::getShortDescription)
                        .collect(Collectors.joining("; "))
                : String.valueOf(aborted.getMessage());
    }

    /** Where something worse has to be told, a result that cannot be kept must not stand in its way. */
    private void keepIfPossible(Outcome outcome, String sentence) {
        try {
            keep(outcome, sentence);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the result of a step cannot be kept", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private T carryOut(CancellationSignal stop) throws IOException, InterruptedException {
        JenkinsNode jenkinsNode = new JenkinsNode(getContext(), () -> aborted != null || isGoingDown());
        while (true) {
            try {
                return jenkinsNode.call(
                        () -> callable(stop), retry ? NODE_RETURN_TIMEOUT : Duration.ZERO, this::lossNote);
            } catch (JenkinsNode.NodeLost e) {
                if (!isReadOnly() || aborted != null || isGoingDown()) {
                    throw e;
                }
                retry = true;
                jenkinsNode.await();
            }
        }
    }

    private void say(String sentence) throws IOException, InterruptedException {
        getContext().get(TaskListener.class).getLogger().println(sentence);
    }

    private boolean isGoingDown() {
        return Jenkins.getInstanceOrNull() != controller || controller.isTerminating();
    }

    /** Aborting once lets the callable put things right; aborting again does not wait for it. */
    @Override
    public void stop(Throwable cause) throws Exception {
        CancellationSignal.Switch running = signal;
        if (running == null || aborted != null) {
            keepIfPossible(Outcome.ABORTED, reason(cause));
            super.stop(cause);
            return;
        }
        aborted = cause;
        say(Messages.FleetExecution_stopping(recoveryNote()));
        running.set();
    }
}
