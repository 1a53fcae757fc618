package io.jenkins.plugins.baton.agent.router.notice;

import io.jenkins.plugins.baton.agent.linux.host.RealTime;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.loop.EventLoop;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Carries what the real-time thread has to tell to a thread that may take its time over it. The loop's queue is lock-free and
 * its wakeup an eventfd: with any lock a preempted listener would hold up the real-time thread.
 */
public final class Outbox implements Notices, AutoCloseable {
    private final EventLoop worker;

    private Outbox(EventLoop worker) {
        this.worker = worker;
    }

    /** One whose worker is an ordinary thread. */
    public static Outbox open(String threadName) throws LinuxException {
        EventLoop worker = new EventLoop(threadName);
        worker.begin();
        return new Outbox(worker);
    }

    /** @param priority of the worker as a real-time thread, 1..99, if that is permitted */
    public static Outbox open(String threadName, int priority) throws LinuxException {
        Outbox outbox = open(threadName);
        outbox.post(() -> RealTime.tryScheduleFifo(priority)); // the VRRP thread has told whether it is permitted
        return outbox;
    }

    @Override
    public void post(Runnable task) {
        worker.execute(task);
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
        for (long left = nanos; !delivered.get() && left > 0; left = deadline - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return delivered.get();
    }

    /** Delivers what was posted, then ends. */
    @Override
    public void close() {
        worker.end();
    }
}
