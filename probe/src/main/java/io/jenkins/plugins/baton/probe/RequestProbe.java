package io.jenkins.plugins.baton.probe;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One client that asks again and again on a connection which it keeps, as a kubelet does, and makes another when that one
 * breaks. A request that has to wait for the new connection takes as long as that. One thread.
 */
public final class RequestProbe implements AutoCloseable {
    private final Target target;
    private final Duration interval;
    private final Duration readTimeout;
    private final Thread thread;
    private final List<Sample> samples = new ArrayList<>();
    private volatile boolean closed;

    /**
     * Begins at once.
     *
     * @param target one that speaks HTTP
     * @param interval between the end of one request and the next
     * @param readTimeout how long an answer may take until the connection is given up
     */
    public RequestProbe(Target target, Duration interval, Duration readTimeout) {
        this.target = target;
        this.interval = interval;
        this.readTimeout = readTimeout;
        this.thread = new Thread(this::work, "requests-" + target);
        thread.setDaemon(true);
        thread.start();
    }

    private void work() {
        KeepAliveConnection connection = null;
        try {
            while (!closed) {
                long start = System.nanoTime();
                try {
                    if (connection == null) {
                        connection = KeepAliveConnection.open(target, readTimeout);
                    } else {
                        connection.ask();
                    }
                    add(new Sample(start, System.nanoTime(), Sample.Result.ANSWERED));
                } catch (IOException e) {
                    add(new Sample(start, System.nanoTime(), Sample.Result.of(e)));
                    if (connection != null) {
                        connection.close();
                        connection = null;
                    }
                }
                Thread.sleep(interval.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (connection != null) {
                connection.close();
            }
        }
    }

    private void add(Sample sample) {
        synchronized (samples) {
            samples.add(sample);
        }
    }

    /** Every request up to now, in order. */
    public List<Sample> samples() {
        synchronized (samples) {
            return List.copyOf(samples);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
