package io.jenkins.plugins.baton.agent.health;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.NativeMemory;
import io.jenkins.plugins.baton.agent.linux.libc.Pollable;
import io.jenkins.plugins.baton.agent.linux.libc.Poller;
import io.jenkins.plugins.baton.agent.linux.libc.Wakeup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread on which checks run: it waits for their sockets, their times and for what other threads ask it to do. Only
 * {@link #execute}, {@link #isOpen} and {@link #close} are for any thread.
 */
final class CheckLoop implements Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CheckLoop.class);
    private static final int READ_SIZE = 16 * 1024;

    /** A socket, and what is done when it is ready. */
    interface Watched extends Pollable {
        void ready();
    }

    /** Something to be done at a time. */
    static final class Timer {
        private final long at;
        private final Runnable task;

        private Timer(long at, Runnable task) {
            this.at = at;
            this.task = task;
        }
    }

    private final Poller poller = new Poller();
    private final Wakeup wakeup;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(timer -> timer.at));
    private final List<Watched> watched = new ArrayList<>();
    private final NativeMemory incoming = new NativeMemory(READ_SIZE);
    private final Thread thread = new Thread(this::run, "baton-health");
    private volatile boolean open = true;

    private CheckLoop(Wakeup wakeup) {
        this.wakeup = wakeup;
        poller.add(wakeup);
        thread.setDaemon(true);
    }

    static CheckLoop start() {
        try {
            CheckLoop loop = new CheckLoop(Wakeup.open());
            loop.thread.start();
            return loop;
        } catch (LinuxException e) {
            throw new IllegalStateException("cannot run health checks: " + e.getMessage(), e);
        }
    }

    boolean isOpen() {
        return open;
    }

    /** Does it on the loop, later. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (Thread.currentThread() != thread) {
            wakeup.signal();
        }
    }

    /** Does it on the loop after so many nanoseconds. */
    Timer schedule(Runnable task, long nanos) {
        Timer timer = new Timer(System.nanoTime() + Math.max(0, nanos), task);
        timers.add(timer);
        return timer;
    }

    void cancel(Timer timer) {
        timers.remove(timer);
    }

    /** Tells when this can be written to, until {@link #awaitReadable}. */
    void watch(Watched socket) {
        watched.add(socket);
        poller.add(socket);
        poller.awaitWritable(socket);
    }

    void awaitWritable(Watched socket) {
        poller.awaitWritable(socket);
    }

    void awaitReadable(Watched socket) {
        poller.awaitReadable(socket);
    }

    void forget(Watched socket) {
        watched.remove(socket);
        poller.remove(socket);
    }

    /** Where what is read is put; the next read overwrites it. */
    NativeMemory incoming() {
        return incoming;
    }

    private void run() {
        try {
            while (open || !tasks.isEmpty()) {
                poller.await(untilNext());
                if (poller.isReady(wakeup)) {
                    wakeup.clear();
                }
                serveSockets();
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    run(task);
                }
                for (Timer due = due(); due != null; due = due()) {
                    run(due.task);
                }
            }
        } catch (LinuxException e) {
            LOG.error("health checks end: {}", e.getMessage());
        } finally {
            List.copyOf(watched).forEach(Watched::close);
            wakeup.close();
        }
    }

    private long untilNext() {
        if (!tasks.isEmpty()) {
            return 0;
        }
        return timers.isEmpty() ? Long.MAX_VALUE : Math.max(0, timers.peek().at - System.nanoTime());
    }

    /** One that is ready may end others, and begin new ones. */
    private void serveSockets() {
        if (!watched.isEmpty()) {
            for (Watched socket : watched.toArray(new Watched[0])) {
                if (socket.descriptor() >= 0 && poller.isReady(socket)) {
                    run(socket::ready);
                }
            }
        }
    }

    private Timer due() {
        return timers.isEmpty() || timers.peek().at - System.nanoTime() > 0 ? null : timers.poll();
    }

    /** One that fails does not end the checks of the others. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A health check failed", e);
        }
    }

    /** What was given to {@link #execute} before is done still. */
    @Override
    public void close() {
        open = false;
        wakeup.signal();
    }
}
