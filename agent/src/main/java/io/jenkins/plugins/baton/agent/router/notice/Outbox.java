package io.jenkins.plugins.baton.agent.router.notice;

import io.jenkins.plugins.baton.agent.linux.host.RealTime;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Poller;
import io.jenkins.plugins.baton.agent.linux.libc.Wakeup;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what the real-time thread has to tell to a thread that may take its time over it. The queue is lock-free and
 * the wakeup an eventfd: with any lock a preempted listener would hold up the real-time thread.
 */
public final class Outbox implements Notices, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Wakeup wakeup;
    private final Thread worker;
    private volatile boolean closed;

    private Outbox(Wakeup wakeup, String threadName, int priority) {
        this.wakeup = wakeup;
        this.worker = new Thread(() -> deliver(priority), threadName);
    }

    /** One whose worker is an ordinary thread. */
    public static Outbox open(String threadName) throws LinuxException {
        return open(threadName, 0);
    }

    /** @param priority of the worker as a real-time thread, if that is permitted; 0 is an ordinary one */
    public static Outbox open(String threadName, int priority) throws LinuxException {
        Outbox outbox = new Outbox(Wakeup.open(), threadName, priority);
        outbox.worker.setDaemon(true);
        outbox.worker.start();
        return outbox;
    }

    @Override
    public void post(Runnable task) {
        tasks.add(task);
        wakeup.signal();
    }

    /**
     * Waits until everything that was posted has been delivered.
     *
     * @return whether that was done in time
     */
    public boolean await(long nanos) {
        Thread waiting = Thread.currentThread();
        AtomicBoolean delivered = new AtomicBoolean();
        post(() -> {
            delivered.set(true);
            LockSupport.unpark(waiting);
        });
        long deadline = System.nanoTime() + nanos;
        while (!delivered.get() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(deadline - System.nanoTime());
        }
        return delivered.get();
    }

    private void deliver(int priority) {
        if (priority > 0) {
            RealTime.tryScheduleFifo(priority); // the VRRP thread has told whether it is permitted
        }
        Poller poller = new Poller();
        poller.add(wakeup);
        try (wakeup) {
            while (!closed || !tasks.isEmpty()) {
                if (tasks.isEmpty()) {
                    poller.await(Long.MAX_VALUE);
                    wakeup.clear();
                }
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    deliver(task);
                }
            }
        } catch (LinuxException e) {
            LOG.error("VRRP events are no longer reported: {}", e.getMessage());
        }
    }

    private static void deliver(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("A listener of VRRP events failed", e);
        }
    }

    /** Delivers what was posted, then ends. */
    @Override
    public void close() {
        closed = true;
        wakeup.signal();
    }
}
