package io.jenkins.plugins.baton.agent.linux.libc;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The libc functions in use, bound by JNA direct mapping. A {@code long} that stands for a pointer is the address of a
 * {@link NativeMemory}; arrays are copied in and out and serve the calls that are made rarely.
 *
 * <p>Variadic functions ({@code prctl}, {@code fcntl}) are called like any other: in both ABIs their integer arguments travel in the
 * same registers.
 */
public final class Libc {
    static {
        // The process itself has libc loaded; looking for a file called libc costs time and finds linker scripts.
        Native.register(Libc.class, NativeLibrary.getProcess());
    }

    private Libc() {}

    static native int socket(int domain, int type, int protocol);

    public static native int close(int fd);

    static native int bind(int fd, byte[] address, int addressLength);

    static native int connect(int fd, byte[] address, int addressLength);

    static native int setsockopt(int fd, int level, int option, byte[] value, int valueLength);

    static native long sendto(int fd, byte[] data, long length, int flags, byte[] address, int addressLength);

    static native long sendmsg(int fd, long message, int flags);

    static native long recvmsg(int fd, long message, int flags);

    static native int ppoll(long descriptors, long count, long timeout, long signalMask);

    static native int epoll_create1(int flags);

    static native int epoll_ctl(int fd, int operation, int watched, long event);

    static native int epoll_wait(int fd, long events, int most, int timeout);

    static native long send(int fd, long data, long length, int flags);

    static native int fcntl(int fd, int command, int argument);

    static native int eventfd(int initial, int flags);

    public static native long read(int fd, long buffer, long length);

    static native long write(int fd, long buffer, long length);

    /** In English, for the agent sets no locale. */
    public static native String strerror(int error);

    public static native int clock_gettime(int clock, long timespec);

    public static native int sched_setscheduler(int thread, int policy, int[] priority);

    public static native int mlockall(int flags);

    public static native int munlockall();

    public static native int madvise(long address, long length, int advice);

    public static native int malloc_trim(long pad);

    public static native int prctl(int option, long argument2, long argument3, long argument4, long argument5);

    public static native int geteuid();

    public static native long signal(int signal, long handler);

    public static native int getpwuid_r(int user, long entry, long buffer, long length, long result);

    public static native int getpwnam_r(String name, long entry, long buffer, long length, long result);

    public static native int capget(int[] header, int[] sets);
}
