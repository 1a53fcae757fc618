package io.jenkins.plugins.baton.lab.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** What a reader of foreign bytes may take for one input, whatever it is. */
public final class Limits {
    /** Of processor time: a clock would blame the reader for a busy machine. */
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Allocated in all, which is more than what is in use at any time. */
    private static final long MAX_BYTES = 64L << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Limits() {}

    /** A reader that ends in a value, or catches the exception that it declares. */
    public interface Reader {
        void read(byte[] input) throws Exception;
    }

    /**
     * @throws AssertionError when the input takes more than a second or 64 MB, also the second time: the first time classes
     *     are loaded
     * @throws Exception what escapes from the reader
     */
    public static void keep(byte[] input, Reader reader) throws Exception {
        if (excess(input, reader).isEmpty()) {
            return;
        }
        String excess = excess(input, reader);
        if (!excess.isEmpty()) {
            throw new AssertionError("An input of " + input.length + " bytes takes " + excess);
        }
    }

    private static String excess(byte[] input, Reader reader) throws Exception {
        long nanos = THREADS.getCurrentThreadCpuTime();
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        reader.read(input.clone());
        bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        nanos = THREADS.getCurrentThreadCpuTime() - nanos;
        if (nanos > MAX_NANOS) {
            return TimeUnit.NANOSECONDS.toMillis(nanos) + " ms of processor time";
        }
        return bytes > MAX_BYTES ? (bytes >> 20) + " MB" : "";
    }
}
