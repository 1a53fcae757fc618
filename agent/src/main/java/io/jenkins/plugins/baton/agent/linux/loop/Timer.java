package io.jenkins.plugins.baton.agent.linux.loop;

/** Something that an {@link EventLoop} is going to do at a time. */
public final class Timer {
    /** By {@link System#nanoTime}. */
    final long dueNanos;

    final Runnable task;

    Timer(long dueNanos, Runnable task) {
        this.dueNanos = dueNanos;
        this.task = task;
    }
}
