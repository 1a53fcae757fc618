package io.jenkins.plugins.baton.agent.management.control;

import io.jenkins.plugins.baton.agent.management.jmx.AgentBeans;
import io.jenkins.plugins.baton.jmx.Change;
import io.jenkins.plugins.baton.jmx.Json;
import io.jenkins.plugins.baton.jmx.Snapshot;
import io.jenkins.plugins.baton.jmx.metrics.MetricsText;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;

/** Answers {@code status}: the MBeans as JSON or as a table, once or again after every change. */
public final class StatusReport {
    /** A form feed: what a terminal should clear its screen for. */
    static final String NEXT_PAGE = "\f";

    /** A watcher that is so many changes behind has been stopped; the next ones push the oldest out. */
    private static final int MAX_BEHIND = 256;

    /** Between two looks at whether anybody still reads. */
    private static final long MAX_WAIT_MILLIS = 1000;

    /** A watcher is told no more often than this when nothing changes. */
    private static final long MIN_WAIT_MILLIS = 100;

    private final Snapshot snapshot;
    private final MetricsText metrics;
    private final AgentBeans beans;

    public StatusReport(MBeanServer server, AgentBeans beans) {
        this.snapshot = new Snapshot(server);
        this.metrics = new MetricsText(server);
        this.beans = beans;
    }

    /**
     * @param words {@code openmetrics}, or any of {@code json}, {@code watch}, {@code colour}
     * @param every how many milliseconds a watcher waits for a change before it gets the status as it is
     */
    void print(List<String> words, Optional<Long> every, ControlCommands.Output out)
            throws IOException, InterruptedException {
        if (words.contains("openmetrics")) {
            out.print("ok\n" + metrics.take());
            return;
        }
        boolean json = words.contains("json");
        boolean colour = words.contains("colour");
        if (!words.contains("watch")) {
            out.print("ok\n" + render(json, colour, snapshot.take(Instant.now())));
            return;
        }
        BlockingQueue<Change> changes = new ArrayBlockingQueue<>(MAX_BEHIND);
        Runnable stop = beans.watch(change -> {
            while (!changes.offer(change)) {
                changes.poll();
            }
        });
        try {
            out.print("ok\n" + render(json, colour, snapshot.take(Instant.now())));
            long wait = Math.max(MIN_WAIT_MILLIS, Math.min(every.orElse(MAX_WAIT_MILLIS), MAX_WAIT_MILLIS));
            long last = System.nanoTime();
            while (out.isWanted()) {
                Change change = changes.poll(wait, TimeUnit.MILLISECONDS);
                Instant now = Instant.now();
                boolean due =
                        every.isPresent() && System.nanoTime() - last >= TimeUnit.MILLISECONDS.toNanos(every.get());
                if (change != null || due) {
                    Map<String, Object> tree = change == null ? snapshot.take(now) : snapshot.take(now, change);
                    out.print((json ? "" : NEXT_PAGE) + render(json, colour, tree));
                    last = System.nanoTime();
                }
            }
        } finally {
            stop.run();
        }
    }

    private static String render(boolean json, boolean colour, Map<String, Object> tree) {
        return json ? Json.write(tree) + "\n" : new StatusTable(colour).render(tree);
    }
}
