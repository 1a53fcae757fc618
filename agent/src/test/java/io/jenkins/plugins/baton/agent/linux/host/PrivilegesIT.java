package io.jenkins.plugins.baton.agent.linux.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import io.jenkins.plugins.baton.agent.linux.libc.Capability;
import io.jenkins.plugins.baton.agent.linux.libc.Libc;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Whom the agent's capabilities reach. */
class PrivilegesIT {
    private static final int VERSION_3 = 0x20080522;
    private static final int NET_RAW = 1 << 13;
    private static final int PR_CAP_AMBIENT = 47;
    private static final int PR_CAP_AMBIENT_RAISE = 2;

    static {
        Native.register(PrivilegesIT.class, NativeLibrary.getProcess());
    }

    private static native int capset(int[] header, int[] sets);

    /** As systemd does for a unit with AmbientCapabilities=. */
    private static void makeAmbient() {
        int[] header = {VERSION_3, 0};
        int[] sets = new int[6]; // effective, permitted, inheritable; then the same for capabilities 32..63
        assertThat(Libc.capget(header, sets)).isZero();
        sets[2] |= NET_RAW;
        assertThat(capset(header, sets)).isZero();
        assertThat(Libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 13, 0, 0)).isZero();
    }

    @Test
    void whatWasAmbientReachesNoProgramAndStaysWithTheThread() throws Exception {
        try (NamespaceThread thread = new NamespaceThread()) {
            thread.run(PrivilegesIT::makeAmbient);
            assertThat(thread.call(PrivilegesIT::ambientInAProgram)).isEqualTo(NET_RAW);

            thread.run(Privileges::keepFromPrograms);

            assertThat(thread.call(PrivilegesIT::ambientInAProgram)).isZero();
            assertThat(thread.call(Privileges::effective)).contains(Capability.NET_RAW);
        }
    }

    private static long ambientInAProgram() throws Exception {
        Process process = new ProcessBuilder("grep", "CapAmb", "/proc/self/status").start();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        return Long.parseLong(line.substring("CapAmb:".length()).strip(), 16);
    }
}
