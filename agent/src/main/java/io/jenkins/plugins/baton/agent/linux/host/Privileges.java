package io.jenkins.plugins.baton.agent.linux.host;

import io.jenkins.plugins.baton.agent.linux.libc.Capability;
import io.jenkins.plugins.baton.agent.linux.libc.Libc;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import java.util.EnumSet;
import java.util.Set;

/** The capabilities of the calling thread. */
public final class Privileges {
    /** _LINUX_CAPABILITY_VERSION_3: two 32-bit words of each set. */
    private static final int VERSION_3 = 0x20080522;

    private static final int PR_CAP_AMBIENT = 47;
    private static final int PR_CAP_AMBIENT_CLEAR_ALL = 4;

    private Privileges() {}

    /** The capabilities that the calling thread has in its effective set. */
    public static Set<Capability> effective() throws LinuxException {
        int[] header = {VERSION_3, 0};
        int[] sets = new int[6]; // effective, permitted, inheritable; then the same for capabilities 32..63
        if (Libc.capget(header, sets) != 0) {
            throw LinuxException.last("read the capabilities of this process");
        }
        Set<Capability> effective = EnumSet.noneOf(Capability.class);
        for (Capability capability : Capability.values()) {
            if ((sets[0] >>> capability.bit() & 1) == 1) {
                effective.add(capability);
            }
        }
        return effective;
    }

    /**
     * Keeps the capabilities of the calling thread, and of threads that it starts later, from the programs that they
     * run: the agent needs them, the script of a health check does not (ambient set, capabilities(7)). Root's programs
     * have them all the same.
     */
    public static void keepFromPrograms() throws LinuxException {
        if (Libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0) {
            throw LinuxException.last("keep capabilities from the programs that are run");
        }
    }
}
