package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;

/** Where the other nodes are on the segment, and by which interfaces this one reaches them. One thread. */
interface HostNeighbours extends AutoCloseable {
    NeighbourTable.Snapshot snapshot();

    boolean knows(String node);

    /** Reads what the kernel knows now: tens of microseconds. */
    void look(DesiredState desired) throws LinuxException;

    /** Asks the segment for those that the kernel does not know: some tens of milliseconds. */
    void ask(DesiredState desired) throws LinuxException;

    @Override
    void close();
}
