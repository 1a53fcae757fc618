package io.jenkins.plugins.baton.jenkins.step;

import hudson.AbortException;
import hudson.model.Computer;
import io.jenkins.plugins.baton.jenkins.node.CancellationSignal;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A client that measures on the Jenkins node, from its start to its end. It never fails the step that it measures for. */
final class Measurement {
    private static final long FIRST_FIGURES_SECONDS = 30;
    private static final long LAST_FIGURES_SECONDS = 20;
    private static final long RETRY_INTERVAL_MILLIS = 1000;

    private final CancellationSignal.Switch stop = new CancellationSignal.Switch();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Supplier<Consumer<String>> record;
    private final Future<?> running;
    private volatile String trouble = "";

    /** Carries a callable to the node and waits for its end. */
    interface Sender {
        String send(CancellationSignal stop, FiguresSink sink) throws IOException, InterruptedException;
    }

    /** @param record what hears the JSON of one client, now and then, and at its end; another client goes on after a lost node */
    Measurement(Sender sender, Supplier<Consumer<String>> record) {
        this.record = record;
        running = Computer.threadPoolForRemoting.submit(() -> {
            try {
                measure(sender);
            } catch (AbortException e) {
                trouble = e.getMessage();
            } finally {
                begun.countDown();
            }
            return null;
        });
    }

    private void measure(Sender sender) throws IOException, InterruptedException {
        while (true) {
            Consumer<String> figures = record.get();
            FiguresSink sink = new FiguresSink.Hearer(json -> {
                figures.accept(json);
                begun.countDown();
            });
            try {
                figures.accept(sender.send(stop, sink));
                return;
            } catch (JenkinsNode.NodeLost e) {
                if (stop.isSet()) {
                    return;
                }
                Thread.sleep(RETRY_INTERVAL_MILLIS);
            }
        }
    }

    /** Waits until it measures, or does not; why not, or empty. */
    String begun() throws InterruptedException {
        boolean known = begun.await(FIRST_FIGURES_SECONDS, TimeUnit.SECONDS);
        return known ? trouble : "";
    }

    /** Ends it without waiting for that. */
    void cancel() {
        stop.set();
    }

    /** Ends it; the last figures have been heard when this returns, if they could be had. */
    void end() throws InterruptedException {
        cancel();
        try {
            running.get(LAST_FIGURES_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // What was heard before is what there is.
            running.cancel(true);
        }
    }
}
