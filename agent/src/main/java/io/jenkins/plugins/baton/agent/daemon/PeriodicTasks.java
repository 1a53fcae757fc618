package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.agent.handover.LingeringVips;
import io.jenkins.plugins.baton.agent.linux.host.FreedMemory;
import io.jenkins.plugins.baton.agent.linux.host.ServiceManager;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.maintenance.MaintenanceWatch;
import io.jenkins.plugins.baton.agent.management.jmx.Events;
import io.jenkins.plugins.baton.agent.management.jmx.RouterChangePoller;
import io.jenkins.plugins.baton.agent.router.VirtualRouters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the agent does some times a second: look for changes, and feed systemd's watchdog while all is well. */
final class PeriodicTasks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("baton");
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    /** While this node keeps addresses that another one has: whether they may stay is looked at more often. */
    private static final Duration LINGER_INTERVAL = Duration.ofMillis(250);

    /** When what the start needed has been freed. */
    private static final Duration STARTED = Duration.ofSeconds(30);

    /** Reloads and the compiler free some again. */
    private static final Duration RELEASE_INTERVAL = Duration.ofMinutes(10);

    private final VirtualRouters routers;
    private final ServiceManager serviceManager;
    private final List<Repeated> repeated = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "baton-periodic");
    private volatile boolean closed;
    private boolean startReleased;

    /** A task, how long it rests afterwards, and when it is due next. */
    private static final class Repeated {
        private final PeriodicTask task;
        private final Supplier<Duration> pause;
        private long at;

        Repeated(PeriodicTask task, Supplier<Duration> pause, long at) {
            this.task = task;
            this.pause = pause;
            this.at = at;
        }
    }

    private PeriodicTasks(VirtualRouters routers, ServiceManager serviceManager) {
        this.routers = routers;
        this.serviceManager = serviceManager;
        thread.setDaemon(true);
    }

    static PeriodicTasks start(
            VirtualRouters routers,
            Events events,
            ReadinessReporter readiness,
            MaintenanceWatch maintenance,
            LingeringVips lingering,
            ServiceManager serviceManager) {
        PeriodicTasks periodicTasks = new PeriodicTasks(routers, serviceManager);
        List<PeriodicTask> tasks = List.of(
                new PeriodicTask(new RouterChangePoller(routers::snapshots, events)),
                new PeriodicTask(readiness),
                new PeriodicTask(maintenance),
                new PeriodicTask(lingering::renew));
        periodicTasks.repeat(
                Duration.ZERO,
                () -> lingering.isEmpty() ? POLL_INTERVAL : LINGER_INTERVAL,
                () -> tasks.forEach(PeriodicTask::run));
        periodicTasks.repeat(STARTED, () -> RELEASE_INTERVAL, periodicTasks::releaseFreedMemory);
        serviceManager.watchdog().ifPresent(timeout -> {
            Duration pause = timeout.dividedBy(3);
            periodicTasks.repeat(Duration.ZERO, () -> pause, () -> periodicTasks.feed(timeout));
        });
        periodicTasks.thread.start();
        return periodicTasks;
    }

    private void repeat(Duration delay, Supplier<Duration> pause, Runnable task) {
        repeated.add(new Repeated(new PeriodicTask(task), pause, System.nanoTime() + delay.toNanos()));
    }

    /** An executor's clock would take more time than what is done. */
    private void run() {
        while (!closed) {
            long next = Long.MAX_VALUE;
            for (Repeated one : repeated) {
                if (one.at - System.nanoTime() <= 0) {
                    one.task.run();
                    one.at = System.nanoTime() + one.pause.get().toNanos();
                }
                next = Math.min(next, one.at - System.nanoTime());
            }
            LockSupport.parkNanos(this, Math.max(1, next));
        }
    }

    private void releaseFreedMemory() {
        try {
            if (startReleased) {
                FreedMemory.release();
            } else {
                startReleased = true;
                FreedMemory.releaseAfterStart();
            }
        } catch (LinuxException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    /** Only while the real-time thread turns: an agent whose elections stand still is better killed and restarted. */
    private void feed(Duration timeout) {
        if (routers.sinceLastTurn().compareTo(timeout.dividedBy(2)) > 0) {
            LOG.error("The real-time thread has not run for {}", routers.sinceLastTurn());
            return;
        }
        try {
            serviceManager.alive();
        } catch (LinuxException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    /** A task that goes on after it failed; the clock alone would drop it without a word. */
    static final class PeriodicTask implements Runnable {
        private final Runnable task;
        private boolean failed;

        PeriodicTask(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            try {
                task.run();
                failed = false;
            } catch (Throwable e) {
                if (!failed) {
                    LOG.error("A periodic task failed and will run again", e);
                }
                failed = true;
            }
        }
    }
}
