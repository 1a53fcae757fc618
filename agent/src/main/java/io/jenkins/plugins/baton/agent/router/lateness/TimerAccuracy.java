package io.jenkins.plugins.baton.agent.router.lateness;

import io.jenkins.plugins.baton.agent.linux.host.BootClock;
import io.jenkins.plugins.baton.agent.linux.host.RealTime;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What is done so that the thread wakes in time, and how well that goes. {@link #snapshot} is for any thread. */
public final class TimerAccuracy {

    /** Above every ordinary thread, below the kernel's own real-time threads (50 and up). */
    private static final int PRIORITY = 20;

    /**
     * The JVM's threads that stop all others, this one too, for a moment: collections, deoptimizations. At ordinary
     * priority they would keep the real-time thread waiting until the scheduler gets round to them.
     */
    private static final List<String> STOPPERS = List.of("VM Thread", "GC Thread", "VM Periodic");

    private final TimerLag timerLag = new TimerLag();
    private volatile String realTime = "not arranged yet";
    private volatile String memoryLock = "not arranged yet";
    private volatile long stalls;
    private volatile long turnedAt = BootClock.nanoTime();

    /**
     * Makes the calling thread a real-time one and locks the memory of the process; without permission it goes on as it
     * is and says so once.
     */
    public void arrange(Consumer<String> warn) {
        try {
            RealTime.scheduleFifo(PRIORITY);
            RealTime.scheduleFifo(PRIORITY, STOPPERS);
            realTime = "SCHED_FIFO " + PRIORITY;
        } catch (LinuxException e) {
            realTime = "not real-time: " + e.getMessage();
            warn.accept(e.getMessage() + "; under load this node may take over or lose the addresses without need");
        }
        try {
            RealTime.setTimerSlack(Duration.ofNanos(1));
            RealTime.lockMemory();
            memoryLock = "locked";
        } catch (LinuxException e) {
            memoryLock = "not locked: " + e.getMessage();
            warn.accept(e.getMessage() + "; when memory is short this node may be late");
        }
    }

    public void late(long now, long nanos) {
        timerLag.record(now, nanos);
    }

    public void turned(long now) {
        turnedAt = now;
    }

    public Duration sinceLastTurn() {
        return Duration.ofNanos(Math.max(0, BootClock.nanoTime() - turnedAt));
    }

    public void stalls(long total) {
        if (stalls != total) {
            stalls = total;
        }
    }

    public ThreadSnapshot snapshot() {
        return new ThreadSnapshot(realTime, memoryLock, timerLag.maximum(), stalls);
    }
}
