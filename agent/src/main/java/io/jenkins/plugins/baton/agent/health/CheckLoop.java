package io.jenkins.plugins.baton.agent.health;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.NativeMemory;
import io.jenkins.plugins.baton.agent.linux.loop.EventLoop;

/**
 * The loop on which all checks run, and the memory that they read into.
 *
 * @param incoming overwritten by the next read of any check
 */
record CheckLoop(EventLoop events, NativeMemory incoming) {
    private static final int READ_SIZE = 16 * 1024;

    static CheckLoop begin() {
        EventLoop events = new EventLoop("baton-health");
        try {
            events.begin();
        } catch (LinuxException e) {
            throw new IllegalStateException("cannot run health checks: " + e.getMessage(), e);
        }
        return new CheckLoop(events, new NativeMemory(READ_SIZE));
    }
}
