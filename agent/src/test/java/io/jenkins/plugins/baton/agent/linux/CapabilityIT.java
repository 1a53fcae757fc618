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
    /** Without it the kernel counts the processes of root too when a program is started, and may say EAGAIN. */
    private static final int SYS_RESOURCE = 1 << 24;

    private static final int PR_CAP_AMBIENT = 47;
    private static final int PR_CAP_AMBIENT_RAISE = 2;

    static {
        Native.register(CapabilityIT.class, NativeLibrary.getProcess());
    }

    private static native int capset(int[] header, int[] sets);

    /** As systemd does for a unit with AmbientCapabilities=. */
    private static void makeAmbient() {
        int own = NET_RAW | SYS_RESOURCE;
        assertThat(capset(new int[] {VERSION_3, 0}, new int[] {own, own, NET_RAW, 0, 0, 0})).isZero();
        assertThat(Libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 13, 0, 0)).isZero();
    }

    @Test
    void whatWasAmbientReachesNoProgramAndStaysWithTheThread() throws Exception {
        try (NamespaceThread thread = new NamespaceThread()) {
            thread.run(CapabilityIT::makeAmbient);
            assertThat(thread.call(CapabilityIT::ambientInAProgram)).isEqualTo(NET_RAW);

            thread.run(Capability::keepFromPrograms);

            assertThat(thread.call(CapabilityIT::ambientInAProgram)).isZero();
            assertThat(thread.call(Capability::effective)).containsExactly(Capability.NET_RAW);
        }
    }

    private static long ambientInAProgram() throws Exception {
        Process process = new ProcessBuilder("grep", "CapAmb", "/proc/self/status").start();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        return Long.parseLong(line.substring("CapAmb:".length()).strip(), 16);
    }
}
