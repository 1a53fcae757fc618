package io.jenkins.plugins.baton.agent.linux.host;

import io.jenkins.plugins.baton.agent.linux.libc.Libc;
import io.jenkins.plugins.baton.agent.linux.libc.NativeMemory;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Nanoseconds since boot, {@code CLOCK_BOOTTIME}: unlike {@link System#nanoTime} (CLOCK_MONOTONIC) it goes on while the
 * machine is suspended. Their difference grows exactly when the machine slept. Any thread may read it.
 */
public final class BootClock {
    private static final int CLOCK_BOOTTIME = 7;

    /** The one thread that asks all the time; it need not look for its memory. */
    private record Frequent(Thread thread, NativeMemory timespec) {}

    private static volatile Frequent frequent = new Frequent(null, null);

    private static final ThreadLocal<NativeMemory> TIMESPEC = ThreadLocal.withInitial(() -> new NativeMemory(16));

    /** How much this clock was ahead of {@link System#nanoTime} when it was read last, by whomever. */
    private static final AtomicLong AHEAD = new AtomicLong();

    private BootClock() {}

    /** The calling thread is going to ask all the time. */
    public static void askOften() {
        frequent = new Frequent(Thread.currentThread(), new NativeMemory(16));
    }

    public static long nanoTime() {
        Frequent one = frequent;
        NativeMemory timespec = one.thread == Thread.currentThread() ? one.timespec : TIMESPEC.get();
        if (Libc.clock_gettime(CLOCK_BOOTTIME, timespec.address()) != 0) {
            throw new IllegalStateException("this kernel has no CLOCK_BOOTTIME (Linux 2.6.39)");
        }
        long now =
                timespec.bytes().getLong(0) * 1_000_000_000L + timespec.bytes().getLong(8);
        // It never shrinks; a thread that was held up between the two clocks found too little.
        long found = now - System.nanoTime();
        for (long ahead = AHEAD.get(); found > ahead && !AHEAD.compareAndSet(ahead, found); ) {
            ahead = AHEAD.get(); // another thread was faster, and may have found more
        }
        return now;
    }

    /**
     * The same at a tenth of the cost, for who has read {@link #nanoTime} a moment ago: it is behind by as much as the machine
     * was suspended since then.
     */
    public static long nanoTimeAwake() {
        return System.nanoTime() + AHEAD.get();
    }
}
