package io.jenkins.plugins.baton.agent.linux.host;

import io.jenkins.plugins.baton.agent.linux.libc.Libc;
import io.jenkins.plugins.baton.agent.linux.libc.NativeMemory;

/**
 * Nanoseconds since boot, {@code CLOCK_BOOTTIME}: unlike {@link System#nanoTime} (CLOCK_MONOTONIC) it goes on while the
 * machine is suspended. Their difference grows exactly when the machine slept. Any thread may read it.
 */
public final class BootClock {
    private static final int CLOCK_BOOTTIME = 7;

    private static final ThreadLocal<NativeMemory> TIMESPEC = ThreadLocal.withInitial(() -> new NativeMemory(16));

    private BootClock() {}

    public static long nanoTime() {
        NativeMemory timespec = TIMESPEC.get();
        if (Libc.clock_gettime(CLOCK_BOOTTIME, timespec.address()) != 0) {
            throw new IllegalStateException("this kernel has no CLOCK_BOOTTIME (Linux 2.6.39)");
        }
        return timespec.bytes().getLong(0) * 1_000_000_000L + timespec.bytes().getLong(8);
    }
}
