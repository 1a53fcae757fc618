package io.jenkins.plugins.baton.agent.management.control;

import io.jenkins.plugins.baton.agent.management.jmx.AgentBeans;
import io.jenkins.plugins.baton.jmx.Change;
import io.jenkins.plugins.baton.jmx.Json;
import io.jenkins.plugins.baton.jmx.Snapshot;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    private final Snapshot snapshot;
    private final AgentBeans beans;

    public StatusReport(MBeanServer server, AgentBeans beans) {
        this.snapshot = new Snapshot(server);
        this.beans = beans;
    }

    /** @param words any of {@code json}, {@code watch}, {@code colour} */
    void print(List<String> words, ControlCommands.Output out) throws IOException, InterruptedException {
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
            while (out.isWanted()) {
                Change change = changes.poll(1, TimeUnit.SECONDS);
                if (change != null) {
                    Map<String, Object> tree = snapshot.take(Instant.now(), change);
                    out.print((json ? "" : NEXT_PAGE) + render(json, colour, tree));
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
