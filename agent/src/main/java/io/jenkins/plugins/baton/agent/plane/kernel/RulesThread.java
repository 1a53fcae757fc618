package io.jenkins.plugins.baton.agent.plane.kernel;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread that may use a plane's rules, and what becomes of them when it has ended. */
final class RulesThread extends ScheduledThreadPoolExecutor {
    private final Runnable atEnd;

    /** @param atEnd done once, after the last task: frees what the tasks use, some of which is native memory */
    RulesThread(Runnable atEnd) {
        super(1, RulesThread::daemon);
        this.atEnd = atEnd;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "baton-rules");
        thread.setDaemon(true);
        return thread;
    }

    /** Hands in a task, for who cannot know that the end has begun. Returns whether it will be done. */
    boolean accepts(Runnable task) {
        try {
            execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Does what was handed in and then ends; waits for that, but not for a task that takes longer than this. */
    void close(Duration timeout) {
        shutdown();
        try {
            awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected void terminated() {
        try {
            atEnd.run();
        } finally {
            super.terminated();
        }
    }
}
