package io.jenkins.plugins.baton.agent.linux.host;

import io.jenkins.plugins.baton.agent.linux.libc.Libc;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;

/** What the C library keeps of memory that was freed: after the start that is a third of its heap. */
public final class FreedMemory {
    private FreedMemory() {}

    /**
     * Gives it back to the kernel, which takes none back that is locked: for that moment the memory is not. Pages of programs
     * stay where they are, whether anybody needs them now or not: a takeover must not wait for a disk.
     *
     * @throws LinuxException when the memory cannot be locked again
     */
    public static void release() throws LinuxException {
        boolean locked = RealTime.isMemoryLocked();
        if (locked) {
            Libc.munlockall();
        }
        Libc.malloc_trim(0);
        if (locked) {
            RealTime.lockMemory();
        }
    }
}
