package io.jenkins.plugins.baton.agent.linux.libc;

import com.sun.jna.Native;

/** The error numbers that Baton meets, with the kernel's wording; the values of x86_64 and aarch64 are the same. */
public enum Errno {
    EPERM(1, "operation not permitted"),
    ENOENT(2, "no such file or directory"),
    ESRCH(3, "no such process"),
    EINTR(4, "interrupted"),
    EIO(5, "input/output error"),
    ENXIO(6, "no such device or address"),
    EBADF(9, "bad file descriptor"),
    EAGAIN(11, "try again"),
    ENOMEM(12, "out of memory"),
    EACCES(13, "permission denied"),
    EBUSY(16, "device or resource busy"),
    EEXIST(17, "exists already"),
    ENODEV(19, "no such device"),
    EINVAL(22, "invalid argument"),
    ENFILE(23, "too many open files in the system"),
    EMFILE(24, "too many open files in this process"),
    EROFS(30, "read-only file system"),
    ERANGE(34, "out of range"),
    ENOSYS(38, "not implemented by this kernel"),
    EMSGSIZE(90, "message too long"),
    ENOPROTOOPT(92, "protocol option not available"),
    EPROTONOSUPPORT(93, "protocol not supported"),
    EOPNOTSUPP(95, "operation not supported"),
    EAFNOSUPPORT(97, "address family not supported"),
    EADDRINUSE(98, "address in use"),
    EADDRNOTAVAIL(99, "address not available"),
    ENETDOWN(100, "network is down"),
    ENETUNREACH(101, "network is unreachable"),
    ECONNRESET(104, "connection reset"),
    ENOBUFS(105, "no buffer space"),
    EISCONN(106, "connected already"),
    ETIMEDOUT(110, "timed out"),
    ECONNREFUSED(111, "connection refused"),
    EHOSTUNREACH(113, "no route to host"),
    EALREADY(114, "in progress already"),
    EINPROGRESS(115, "in progress"),
    /** Any other number; {@link LinuxException#code()} has it. */
    OTHER(0, "unnamed error");

    private final int code;
    private final String meaning;

    Errno(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    /** The kernel had no room, no time or something else to do: asked again, it may well say yes. */
    public boolean isPassing() {
        return switch (this) {
            case EINTR, EAGAIN, ENOMEM, EBUSY, ENOBUFS, ETIMEDOUT -> true;
            default -> false;
        };
    }

    String meaning() {
        return meaning;
    }

    /** Of the libc call that this thread made last; ask before any other libc call. */
    public static Errno last() {
        return of(Native.getLastError());
    }

    public static Errno of(int code) {
        for (Errno errno : values()) {
            if (errno.code == code) {
                return errno;
            }
        }
        return OTHER;
    }
}
