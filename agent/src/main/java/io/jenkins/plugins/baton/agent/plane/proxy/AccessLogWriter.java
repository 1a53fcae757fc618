package io.jenkins.plugins.baton.agent.plane.proxy;

import io.jenkins.plugins.baton.cluster.Frontend;
import java.io.PrintStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the access log on a thread of its own. Event loops only put a record into a bounded queue; when the reader of
 * the log is slower than the sessions are many, lines are dropped and counted, and no session waits.
 */
final class AccessLogWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLogWriter.class);
    private static final int QUEUE = 4096;
    private static final long CLOSE_TIMEOUT_MILLIS = 2000;

    private record Line(Frontend.AccessLog form, SessionRecord session) {
        @Override
        public String toString() {
            return form == Frontend.AccessLog.JSON ? AccessLogLine.json(session) : AccessLogLine.text(session);
        }
    }

    private final PrintStream sink;
    private final BlockingQueue<Line> queue = new ArrayBlockingQueue<>(QUEUE);
    private final LongAdder dropped = new LongAdder();
    private final Thread thread = new Thread(this::run, "baton-access-log");
    private final long closeTimeoutMillis;

    /** @param sink not closed by this class */
    AccessLogWriter(PrintStream sink) {
        this(sink, CLOSE_TIMEOUT_MILLIS);
    }

    /** @param closeTimeoutMillis how long {@link #close} waits for a reader that is stuck */
    AccessLogWriter(PrintStream sink, long closeTimeoutMillis) {
        this.sink = sink;
        this.closeTimeoutMillis = closeTimeoutMillis;
        thread.setDaemon(true);
        thread.start();
    }

    /** @param form text or JSON */
    void write(Frontend.AccessLog form, SessionRecord session) {
        if (!queue.offer(new Line(form, session))) {
            dropped.increment();
        }
    }

    /** Lines dropped since the start. */
    long dropped() {
        return dropped.sum();
    }

    private void run() {
        long told = 0;
        try {
            while (true) {
                sink.println(queue.take());
                if (queue.isEmpty()) {
                    sink.flush();
                    told = tellDropped(told);
                }
            }
        } catch (InterruptedException e) {
            for (Line line; (line = queue.poll()) != null; ) {
                sink.println(line);
            }
            sink.flush();
        }
    }

    private long tellDropped(long told) {
        long now = dropped();
        if (now > told) {
            LOG.warn("{} lines of the access log were dropped because its reader is too slow", now - told);
        }
        return now;
    }

    /** Writes what is queued, waiting two seconds at most for a reader that is stuck. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(closeTimeoutMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
