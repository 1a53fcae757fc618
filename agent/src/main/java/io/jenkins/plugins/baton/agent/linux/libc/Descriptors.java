package io.jenkins.plugins.baton.agent.linux.libc;

/** Operations on descriptors that belong to another library. */
public final class Descriptors {
    private static final int F_DUPFD_CLOEXEC = 1030;

    private static final int F_SETPIPE_SZ = 1031;

    private Descriptors() {}

    /**
     * A second descriptor of the same open file ({@code F_DUPFD_CLOEXEC} of fcntl(2)), to be closed on its own.
     *
     * @throws LinuxException most likely because there are too many open files
     */
    public static int duplicate(int descriptor) throws LinuxException {
        int copy = Libc.fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
        if (copy < 0) {
            throw LinuxException.last("duplicate file descriptor " + descriptor);
        }
        return copy;
    }

    /**
     * Lets a pipe hold more ({@code F_SETPIPE_SZ} of fcntl(2)). Where the kernel grants no more, it stays as it is.
     *
     * @param descriptor either end
     */
    public static void enlargePipe(int descriptor, int bytes) {
        Libc.fcntl(descriptor, F_SETPIPE_SZ, bytes);
    }
}
