package io.jenkins.plugins.baton.agent.linux.libc;

import java.io.Closeable;

/** Something with a file descriptor that a {@link Poller} or {@link Epoll} can wait for. */
public interface Pollable extends Closeable {
    /** The descriptor, or -1 once closed. */
    int descriptor();

    /** Closes the descriptor; closing twice does nothing. */
    @Override
    void close();
}
