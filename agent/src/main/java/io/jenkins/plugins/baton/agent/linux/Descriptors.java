package io.jenkins.plugins.baton.agent.linux;

/** Operations on descriptors that belong to another library. */
public final class Descriptors {
    private static final int F_DUPFD_CLOEXEC = 1030;

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
}
