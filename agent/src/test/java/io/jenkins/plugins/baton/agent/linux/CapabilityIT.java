package io.jenkins.plugins.baton.agent.linux;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Whom the agent's capabilities reach. */
class CapabilityIT {
    private static final int VERSION_3 = 0x20080522;
    private static final int NET_RAW = 1 << 13;
    private static final int PR_CAP_AMBIENT = 47;
    private static final int PR_CAP_AMBIENT_RAISE = 2;

    static {
        Native.register(CapabilityIT.class, NativeLibrary.getProcess());
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
            thread.run(CapabilityIT::makeAmbient);
            assertThat(thread.call(CapabilityIT::ambientInAProgram)).isEqualTo(NET_RAW);

            thread.run(Capability::keepFromPrograms);

            assertThat(thread.call(CapabilityIT::ambientInAProgram)).isZero();
            assertThat(thread.call(Capability::effective)).contains(Capability.NET_RAW);
        }
    }

    private static long ambientInAProgram() throws Exception {
        Process process = new ProcessBuilder("grep", "CapAmb", "/proc/self/status").start();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        return Long.parseLong(line.substring("CapAmb:".length()).strip(), 16);
    }
}
