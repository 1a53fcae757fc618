package io.jenkins.plugins.baton.jenkins.step;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.baton.fleet.maintenance.Ended;
import io.jenkins.plugins.baton.fleet.maintenance.MaintenanceReport;
import io.jenkins.plugins.baton.fleet.maintenance.MaintenanceRequest;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.node.CancellationSignal;
import io.jenkins.plugins.baton.jenkins.node.NodeCallable;
import io.jenkins.plugins.baton.jenkins.page.ControlPlaneAction;
import io.jenkins.plugins.baton.jenkins.page.StepReceiver;
import io.jenkins.plugins.baton.jenkins.result.MaintenanceResult;
import io.jenkins.plugins.baton.jenkins.result.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Has a node taken out of service, runs the body, and has the node put back, whatever became of the body. All that the way
 * back needs is kept with the build: a controller that is restarted meanwhile goes on where it was.
 */
final class MaintenanceExecution extends GeneralNonBlockingStepExecution {
    private static final long serialVersionUID = 1;

    private final HaMaintenanceStep step;
    private final MaintenanceRequest request;
    private final String token = UUID.randomUUID().toString();
    private final ClientRecord client = new ClientRecord();
    /** Of the step in its build's results. */
    private int number;

    private MaintenanceCourse course;
    private BodyExecution body;
    private transient Jenkins controller;
    private transient volatile CancellationSignal.Switch signal;
    private transient volatile Throwable aborted;
    private transient volatile Measurement measurement;
    private transient volatile StepReceiver receiver;

    MaintenanceExecution(StepContext context, HaMaintenanceStep step, MaintenanceRequest request) {
        super(context);
        this.step = step;
        this.request = request;
    }

    @Override
    public boolean start() throws IOException, InterruptedException {
        number = results().begin(step.getDescriptor().getFunctionName(), step.getCluster());
        course = new MaintenanceCourse(request.node(), BuildName.of(getContext().get(Run.class)));
        controller = Jenkins.get();
        carryOut(this::takeOut);
        return false;
    }

    /** What nobody foresaw ends the step too, and leaves no client behind that measures for ever. */
    private void carryOut(Block work) {
        run(() -> {
            try {
                work.run();
            } catch (AbortException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                cancelMeasuring();
                keep(Outcome.ERROR, String.valueOf(e.getMessage()));
                throw e;
            }
        });
    }

    private void takeOut() throws IOException, InterruptedException {
        measure();
        Departure departure;
        try {
            departure = course.isOut(jenkinsNode()
                    .call(
                            () -> MaintenanceCallable.out(setting(newSignal()), request, token, course.by()),
                            Duration.ZERO,
                            this::note));
        } catch (JenkinsNode.NodeLost e) {
            if (!isGoingDown()) {
                bringBackAfter(e);
            }
            return;
        } catch (AbortException e) {
            if (!isGoingDown()) {
                fail(e);
            }
            return;
        }
        if (aborted != null) {
            bringBackAfter(aborted);
            return;
        }
        course.workBegins();
        body = getContext()
                .newBodyInvoker()
                .withContext(EnvironmentExpander.merge(
                        getContext().get(EnvironmentExpander.class),
                        EnvironmentExpander.constant(
                                Map.of("BATON_NODE", request.node(), "BATON_NODE_ADDRESS", departure.address()))))
                .withCallback(new Work())
                .start();
        if (aborted != null) {
            body.cancel(aborted);
        }
    }

    /** It never was out, or it was put back already. */
    private void fail(AbortException e) throws IOException, InterruptedException {
        endMeasuring();
        if (aborted == null) {
            keep(receiver != null && receiver.isRefused() ? Outcome.REFUSED : Outcome.FAILED, e.getMessage());
            throw e;
        }
        jenkinsNode().say(e.getMessage());
        keep(Outcome.ABORTED, FleetExecution.reason(aborted));
        getContext().onFailure(aborted);
    }

    private final class Work extends BodyExecutionCallback {
        private static final long serialVersionUID = 1;

        @Override
        public void onSuccess(StepContext context, Object result) {
            worked(null);
        }

        @Override
        public void onFailure(StepContext context, Throwable t) {
            worked(t);
        }
    }

    private void worked(Throwable how) {
        course.turnsBack(how);
        carryOut(this::bringBack);
    }

    private void bringBackAfter(Throwable how) throws IOException, InterruptedException {
        course.turnsBack(how);
        bringBack();
    }

    private void bringBack() throws IOException, InterruptedException {
        Ended ended;
        aborted = null;
        try {
            ended = returned();
        } catch (AbortException e) {
            if (isGoingDown()) {
                // Nodes go first when a controller shuts down. The next one goes on with this.
                return;
            }
            ended = new Ended(List.of(), List.of(e.getMessage()), false);
        }
        endMeasuring();
        conclude(course.report(ended, step.isProbe() ? client.figures() : null));
    }

    private Ended returned() throws IOException, InterruptedException {
        while (true) {
            try {
                return StatusJson.mapper()
                        .readValue(
                                jenkinsNode()
                                        .call(
                                                () -> MaintenanceCallable.back(setting(newSignal()), request, token),
                                                FleetExecution.NODE_RETURN_TIMEOUT,
                                                this::note),
                                Ended.class);
            } catch (JenkinsNode.NodeLost e) {
                if (aborted != null || isGoingDown()) {
                    throw e;
                }
                jenkinsNode().await();
            }
        }
    }

    private void conclude(MaintenanceReport report) throws IOException, InterruptedException {
        MaintenanceResult result = MaintenanceResult.of(report);
        jenkinsNode().say(report.summary());
        results().update(number, one -> one.maintained(result));
        String trouble = String.join("\n", report.trouble());
        Throwable failure = course.failure();
        if (failure == null && report.trouble().isEmpty()) {
            keep(Outcome.PASSED, "");
            getContext().onSuccess(result);
        } else if (failure == null) {
            keep(aborted == null ? Outcome.FAILED : Outcome.ABORTED, trouble);
            getContext().onFailure(aborted == null ? new AbortException(trouble) : aborted);
        } else {
            if (!trouble.isEmpty()) {
                jenkinsNode().say(trouble);
            }
            keep(FleetExecution.isAbort(failure) ? Outcome.ABORTED : Outcome.FAILED, FleetExecution.reason(failure));
            getContext().onFailure(failure);
        }
    }

    private void measure() throws IOException, InterruptedException {
        if (!step.isProbe()) {
            return;
        }
        measurement = new Measurement(
                this::carryMeasurement, () -> client.next(() -> getContext().saveState()));
        String trouble = measurement.begun();
        if (!trouble.isEmpty()) {
            jenkinsNode().say(trouble);
        }
    }

    private String carryMeasurement(CancellationSignal stop, FiguresSink sink)
            throws IOException, InterruptedException {
        return jenkinsNode()
                .call(
                        () -> new MeasureCallable(setting(stop), sink),
                        FleetExecution.NODE_RETURN_TIMEOUT,
                        Messages::HaMaintenanceStep_notMeasured);
    }

    private void cancelMeasuring() {
        Measurement measuring = measurement;
        if (measuring != null) {
            measuring.cancel();
        }
    }

    private void endMeasuring() throws InterruptedException {
        if (measurement != null) {
            measurement.end();
            measurement = null;
        }
    }

    /** What was being done on a node was in the memory of the controller that is gone; a body goes on by itself. */
    @Override
    public void onResume() {
        controller = Jenkins.get();
        if (course.stage() == MaintenanceCourse.Stage.OUT) {
            course.turnsBack(new AbortException(Messages.FleetExecution_restarted(note())));
        }
        boolean back = course.stage() == MaintenanceCourse.Stage.BACK;
        carryOut(() -> {
            measure();
            if (back) {
                bringBack();
            }
        });
    }

    /** A safe restart waits while a node is taken out; from then on another controller can go on. */
    @Override
    public boolean blocksRestart() {
        return course.stage() == MaintenanceCourse.Stage.OUT;
    }

    /** Aborting once lets the callable put things right; aborting again does not wait for it. */
    @Override
    public void stop(Throwable cause) throws Exception {
        if (course.stage() == MaintenanceCourse.Stage.WORK && body != null) {
            body.cancel(cause);
            return;
        }
        CancellationSignal.Switch running = signal;
        if (running == null || aborted != null) {
            cancelMeasuring();
            keep(Outcome.ABORTED, FleetExecution.reason(cause));
            super.stop(cause);
            return;
        }
        aborted = cause;
        jenkinsNode().say(Messages.FleetExecution_stopping(note()));
        running.set();
    }

    @Override
    public String getStatus() {
        return switch (course.stage()) {
            case OUT -> Messages.HaMaintenanceStep_statusOut(request.node());
            case WORK -> Messages.HaMaintenanceStep_statusWork(request.node());
            case BACK -> Messages.HaMaintenanceStep_statusBack(request.node());
        };
    }

    private JenkinsNode jenkinsNode() {
        return new JenkinsNode(getContext(), () -> aborted != null || isGoingDown());
    }

    /** What a callable works with; what it tells is kept with the build. */
    private NodeCallable.Setting setting(CancellationSignal stop) throws IOException, InterruptedException {
        receiver = new StepReceiver(getContext().get(Run.class), number, 0);
        return step.setting(getContext(), stop, receiver);
    }

    private CancellationSignal newSignal() {
        CancellationSignal.Switch fresh = new CancellationSignal.Switch();
        signal = fresh;
        if (aborted != null) {
            fresh.set();
        }
        return fresh;
    }

    private boolean isGoingDown() {
        return Jenkins.getInstanceOrNull() != controller || controller.isTerminating();
    }

    private String note() {
        return course.until().isEmpty()
                ? Messages.HaMaintenanceStep_recoveryNote(request.node(), request.atMost())
                : Messages.HaMaintenanceStep_recoveryNoteAt(request.node(), course.until());
    }

    private ControlPlaneAction results() throws IOException, InterruptedException {
        return ControlPlaneAction.of(getContext().get(Run.class));
    }

    private void keep(Outcome outcome, String sentence) throws IOException, InterruptedException {
        results().end(number, result -> result.ended(outcome, sentence, System.currentTimeMillis()));
    }
}
