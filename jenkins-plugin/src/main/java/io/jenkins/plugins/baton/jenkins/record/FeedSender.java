package io.jenkins.plugins.baton.jenkins.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.fleet.deploy.plan.Intention;
import io.jenkins.plugins.baton.fleet.report.DrillReport;
import io.jenkins.plugins.baton.fleet.status.Stage;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.fleet.status.Viewer;
import io.jenkins.plugins.baton.fleet.steady.SteadyState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/**
 * The Jenkins node's end of a {@link StepFeed}. A thread of its own sends, so that no fault lasts longer because the
 * controller is slow; of several looks at the same stage that wait, only the last is sent. Closing it waits until
 * all is sent, or the controller is gone.
 */
public final class FeedSender implements Viewer, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(FeedSender.class.getName());
    private static final long PAUSE_MILLIS = 2000;
    private static final long BEGIN_TIMEOUT_MILLIS = 5000;

    private final StepFeed feed;
    private final Cluster cluster;
    private final Thread thread;
    /** Guarded by itself, as is {@code closed}. */
    private final Deque<Message> waiting = new ArrayDeque<>();

    private boolean closed;

    /** @param stage of a look; null of what is always sent */
    private record Message(Stage stage, Sending sending) {}

    private interface Sending {
        void to(StepFeed feed) throws JsonProcessingException;
    }

    public FeedSender(StepFeed feed, Cluster cluster) {
        this.feed = feed;
        this.cluster = cluster;
        this.thread = new Thread(this::work, "baton-feed");
        thread.setDaemon(true);
        thread.start();
        add(new Message(null, to -> to.cluster(cluster.name())));
    }

    @Override
    public void see(Stage stage, View view, List<String> missing) {
        Look look = new Look(
                stage,
                System.currentTimeMillis(),
                cluster.virtualRouters().stream()
                        .findFirst()
                        .map(VirtualRouter::name)
                        .orElse(""),
                cluster.nodes().stream().map(Node::name).toList(),
                view.nodes(),
                view.unanswered(),
                missing,
                SteadyState.warnings(view));
        add(new Message(stage, to -> to.look(StatusJson.mapper().writeValueAsString(look))));
    }

    public void intend(Intention intention) {
        add(new Message(null, to -> to.intention(StatusJson.mapper().writeValueAsString(intention))));
    }

    public void drilled(DrillReport report) {
        add(new Message(null, to -> to.drill(StatusJson.mapper().writeValueAsString(report))));
    }

    public void refuse() {
        add(new Message(null, StepFeed::refused));
    }

    /** @param sentence how things stand if nothing more is heard of the step */
    public void ifLost(String sentence) {
        add(new Message(null, to -> to.standing(sentence)));
    }

    /** As {@link #ifLost}, and waits until the controller has it, five seconds at most: what it tells of is about to begin. */
    public void begin(String sentence) {
        ifLost(sentence);
        CountDownLatch sent = new CountDownLatch(1);
        add(new Message(null, to -> sent.countDown()));
        await(sent);
    }

    private static void await(CountDownLatch sent) {
        try {
            if (!sent.await(BEGIN_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warning("the controller does not take what this step says; the step goes on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void add(Message message) {
        synchronized (waiting) {
            if (message.stage() != null) {
                waiting.removeIf(other -> Objects.equals(other.stage(), message.stage()));
            }
            waiting.add(message);
            waiting.notifyAll();
        }
    }

    private void work() {
        try {
            for (Message message = next(); message != null; message = next()) {
                message.sending().to(feed);
                if (message.stage() != null) {
                    pause();
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what an agent said can always be JSON", e);
        } catch (InterruptedException | RuntimeException e) {
            // The controller cannot be reached any more: nobody is there to be told.
        }
    }

    /** Null when this is closed and all was sent. */
    private Message next() throws InterruptedException {
        synchronized (waiting) {
            while (waiting.isEmpty() && !closed) {
                waiting.wait();
            }
            return waiting.poll();
        }
    }

    private void pause() throws InterruptedException {
        synchronized (waiting) {
            long end = System.nanoTime() + PAUSE_MILLIS * 1_000_000;
            long left = PAUSE_MILLIS;
            while (!closed && left > 0 && waiting.stream().allMatch(message -> message.stage() != null)) {
                waiting.wait(left);
                left = (end - System.nanoTime()) / 1_000_000;
            }
        }
    }

    @Override
    public void close() {
        synchronized (waiting) {
            closed = true;
            waiting.notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
