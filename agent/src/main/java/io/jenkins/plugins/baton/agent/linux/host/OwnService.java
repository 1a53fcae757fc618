package io.jenkins.plugins.baton.agent.linux.host;

import io.jenkins.plugins.baton.agent.linux.libc.Libc;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;

/**
 * The systemd service that this process is, if it is one. What else runs in it was started by this process, such as the
 * scripts of checks.
 */
public final class OwnService {
    private static final int PR_SET_DUMPABLE = 4;

    private OwnService() {}

    /** Whether a service manager started this process and waits to be notified. */
    public static boolean exists() {
        return System.getenv("NOTIFY_SOCKET") != null;
    }

    /**
     * Keeps this process's memory, environment and descriptors from other processes of its user
     * ({@code PR_SET_DUMPABLE} of prctl(2): ptrace(2) and /proc are for root alone from now on). Programs that this
     * process runs are as open as any.
     */
    public static void hideFromItsUser() throws LinuxException {
        if (Libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
            throw LinuxException.last("keep the memory of this process from others");
        }
    }
}
