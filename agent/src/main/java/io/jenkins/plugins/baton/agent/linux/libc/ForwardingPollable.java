package io.jenkins.plugins.baton.agent.linux.libc;

/**
 * Something that is read and written through a socket, or through another of these: it has that one's descriptor, and closing
 * it closes that one.
 */
public abstract class ForwardingPollable<S extends Pollable> implements Pollable {
    protected final S socket;

    protected ForwardingPollable(S socket) {
        this.socket = socket;
    }

    @Override
    public final int descriptor() {
        return socket.descriptor();
    }

    @Override
    public final void close() {
        socket.close();
    }
}
