package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.agent.handover.LingeringVips;
import io.jenkins.plugins.baton.agent.linux.host.FreedMemory;
import io.jenkins.plugins.baton.agent.linux.host.ServiceManager;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.maintenance.MaintenanceWatch;
import io.jenkins.plugins.baton.agent.management.jmx.Events;
import io.jenkins.plugins.baton.agent.management.jmx.RouterChangePoller;
import io.jenkins.plugins.baton.agent.router.VirtualRouters;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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

    private final ScheduledThreadPoolExecutor clock =
            new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("baton-periodic", true));
    private final VirtualRouters routers;
    private final ServiceManager serviceManager;

    private PeriodicTasks(VirtualRouters routers, ServiceManager serviceManager) {
        this.routers = routers;
        this.serviceManager = serviceManager;
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
                new PeriodicTask(new RouterChangePoller(routers, events)),
                new PeriodicTask(readiness),
                new PeriodicTask(maintenance),
                new PeriodicTask(lingering::renew));
        periodicTasks.clock.execute(() -> periodicTasks.turn(tasks, lingering));
        periodicTasks.clock.scheduleWithFixedDelay(
                new PeriodicTask(PeriodicTasks::releaseFreedMemory),
                STARTED.toSeconds(),
                RELEASE_INTERVAL.toSeconds(),
                TimeUnit.SECONDS);
        serviceManager
                .watchdog()
                .ifPresent(timeout -> periodicTasks.every(timeout.dividedBy(3), () -> periodicTasks.feed(timeout)));
        return periodicTasks;
    }

    /** All of them in one wake-up, again and again. */
    private void turn(List<PeriodicTask> tasks, LingeringVips lingering) {
        tasks.forEach(PeriodicTask::run);
        Duration pause = lingering.isEmpty() ? POLL_INTERVAL : LINGER_INTERVAL;
        clock.schedule(() -> turn(tasks, lingering), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void every(Duration period, Runnable task) {
        clock.scheduleAtFixedRate(new PeriodicTask(task), 0, period.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void releaseFreedMemory() {
        try {
            FreedMemory.release();
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
        clock.shutdownNow();
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
