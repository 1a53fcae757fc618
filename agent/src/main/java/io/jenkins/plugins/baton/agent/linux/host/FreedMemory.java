package io.jenkins.plugins.baton.agent.linux.host;

import io.jenkins.plugins.baton.agent.linux.libc.Libc;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;

/** Memory that was needed. The kernel takes none back that is locked: for that moment the memory of the process is not. */
public final class FreedMemory {
    private FreedMemory() {}

    /**
     * Gives back what the C library keeps of memory that was freed.
     *
     * @throws LinuxException when the memory cannot be locked again
     */
    public static void release() throws LinuxException {
        release(false);
    }

    /**
     * The same, and gives back {@linkplain ProgramPages pages of programs} that only the start needs.
     *
     * @throws LinuxException when the pages cannot be found, or the memory cannot be locked again
     */
    public static void releaseAfterStart() throws LinuxException {
        release(true);
    }

    private static void release(boolean programs) throws LinuxException {
        boolean locked = RealTime.isMemoryLocked();
        if (locked) {
            Libc.munlockall();
        }
        try {
            Libc.malloc_trim(0);
            if (programs) {
                ProgramPages.release();
            }
        } finally {
            if (locked) {
                RealTime.lockMemory();
            }
        }
    }
}
