package io.jenkins.plugins.baton.agent.linux.loop;

/** Something with a descriptor of which an {@link EventLoop} tells. Belongs to its loop. */
public abstract class Watched {
    /** Its place in the loop's table, and a serial number; the loop's own. */
    long number;

    /** Whether its turn comes again; the loop's own. */
    boolean queued;

    /**
     * Something happened, or may have happened.
     *
     * @param events the bits of {@link io.jenkins.plugins.baton.agent.linux.libc.Epoll}; none after {@link EventLoop#again}
     */
    protected abstract void ready(int events);
}
