package io.jenkins.plugins.baton.agent.linux.libc;

/** Operations on descriptors that belong to another library. */
public final class Descriptors {
    private static final int F_DUPFD_CLOEXEC = 1030;

    private static final int F_SETPIPE_SZ = 1031;

    private static final int MSG_DONTWAIT = 0x40;

    private static final int MSG_NOSIGNAL = 0x4000;

    private static final int MSG_MORE = 0x8000;

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

    /**
     * Sends on a socket, without waiting, and lets the kernel keep an incomplete packet back ({@code MSG_MORE} of send(2)):
     * what follows at once, as the end of the stream, leaves in the same packet.
     *
     * @param address of the first byte
     * @return how many bytes the kernel has taken; 0 when it has no room now
     */
    public static int sendWithMoreToCome(int socket, long address, int length) throws LinuxException {
        return send(socket, address, length, MSG_MORE);
    }

    /** As {@link #sendWithMoreToCome}, with these flags of send(2) besides. */
    static int send(int socket, long address, int length, int flags) throws LinuxException {
        long sent = Libc.send(socket, address, length, MSG_DONTWAIT | MSG_NOSIGNAL | flags);
        if (sent >= 0) {
            return (int) sent;
        }
        if (Errno.last() == Errno.EAGAIN) {
            return 0;
        }
        throw LinuxException.last("send");
    }
}
