package io.jenkins.plugins.baton.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** Opens a new connection at every tick, whatever became of the earlier ones, until it is closed. One thread. */
public final class ConnectProbe implements AutoCloseable {
    private final Target target;
    private final ClientHello hello;
    private final long interval;
    private final long timeout;
    private final Selector selector;
    private final Thread thread;
    private final List<Sample> samples = new ArrayList<>();
    private final Deque<Attempt> waiting = new ArrayDeque<>();
    private volatile boolean closed;
    private volatile long completeUntil = System.nanoTime();

    /**
     * Asks the target once, to learn how it likes to be asked.
     *
     * @param interval between the starts of two attempts, 1 ms or more
     * @param timeout after which an attempt without an answer has failed
     */
    public ConnectProbe(Target target, Duration interval, Duration timeout) throws IOException {
        this.target = target;
        this.hello = Probe.hello(target, timeout);
        this.interval = interval.toNanos();
        this.timeout = timeout.toNanos();
        this.selector = Selector.open();
        this.thread = new Thread(this::work, "probe-" + target);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** What has been seen up to now. */
    public List<Sample> samples() {
        synchronized (samples) {
            return List.copyOf(samples);
        }
    }

    /** What has been seen since this was last asked; it is forgotten here, for those who watch for long. */
    public List<Sample> take() {
        synchronized (samples) {
            List<Sample> taken = List.copyOf(samples);
            samples.clear();
            return taken;
        }
    }

    /** Every attempt that began before this time, {@link System#nanoTime}, has ended and is among the samples. */
    public long completeUntil() {
        return completeUntil;
    }

    private void work() {
        try {
            long next = System.nanoTime();
            while (!closed) {
                long now = System.nanoTime();
                if (now >= next) {
                    begin();
                    // A late tick is not made up for: a burst would be another load than the one asked for.
                    next = Math.max(next + interval, now);
                }
                long sleep = Math.max(1, (next - System.nanoTime()) / 1_000_000);
                selector.select(this::ready, sleep);
                expire();
                completeUntil = waiting.isEmpty() ? System.nanoTime() : waiting.peekFirst().start;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the probe of " + target + " cannot go on", e);
        }
    }

    private void begin() {
        long start = System.nanoTime();
        try {
            waiting.add(Attempt.begin(target, hello, selector));
        } catch (IOException e) {
            add(new Sample(start, System.nanoTime(), Sample.Result.of(e)));
        }
    }

    private void ready(SelectionKey key) {
        Attempt attempt = (Attempt) key.attachment();
        Sample.Result result = attempt.advance(key);
        if (result != null) {
            add(new Sample(attempt.start, System.nanoTime(), result));
            waiting.remove(attempt);
            attempt.close();
        }
    }

    private void expire() {
        long now = System.nanoTime();
        for (Iterator<Attempt> i = waiting.iterator(); i.hasNext(); ) {
            Attempt oldest = i.next();
            if (now - oldest.start < timeout) {
                return;
            }
            i.remove();
            oldest.close();
            add(new Sample(oldest.start, now, Sample.Result.TIMED_OUT));
        }
    }

    private void add(Sample sample) {
        synchronized (samples) {
            samples.add(sample);
        }
    }

    /** Ends it; attempts that still wait are dropped, since nobody knows how they would have ended. */
    public void stop() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        waiting.forEach(Attempt::close);
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the probe of " + target, e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
