package io.jenkins.plugins.baton.agent.linux.loop;

import io.jenkins.plugins.baton.agent.linux.libc.Epoll;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Pollable;

/** Watches one descriptor on a loop of its own, from {@link #start} to {@link #close}. */
public abstract class DescriptorWatch extends Watched implements AutoCloseable {
    protected final EventLoop loop;
    private final Pollable source;

    /** @param source closed at the end, and when the start fails */
    protected DescriptorWatch(String threadName, Pollable source) {
        this.loop = new EventLoop(threadName);
        this.source = source;
    }

    /**
     * Begins the loop, and {@link #listen} on it. To be called once.
     *
     * @throws LinuxException when there are too few descriptors; then the loop has ended
     */
    protected final void start() throws LinuxException {
        try {
            loop.call(this::listen);
        } catch (LinuxException e) {
            loop.end();
            source.close();
            throw e;
        }
    }

    /** Has {@link #ready} called when there is something to read. On the loop. */
    protected void listen() throws LinuxException {
        loop.watch(this, source.descriptor(), Epoll.IN);
    }

    /** Has it called no more, until {@link #listen}. On the loop. */
    protected final void stopListening() {
        loop.forget(this, source.descriptor());
    }

    /** Does not wait for what the loop is doing. Any thread. */
    @Override
    public void close() {
        loop.execute(source::close);
        loop.end();
    }
}
