package io.jenkins.plugins.baton.agent.linux.libc;

/** Ends another thread's wait for descriptors: an {@code eventfd(2)}. {@link #signal} may be called by any thread. */
public final class Wakeup implements Pollable {
    private static final int EFD_NONBLOCK = 0x800;
    private static final int EFD_CLOEXEC = 0x80000;

    private final NativeMemory one = new NativeMemory(8);
    private final NativeMemory count = new NativeMemory(8);
    private int descriptor;

    private Wakeup(int descriptor) {
        this.descriptor = descriptor;
        one.bytes().putLong(0, 1);
    }

    public static Wakeup open() throws LinuxException {
        int descriptor = Libc.eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
        if (descriptor < 0) {
            throw LinuxException.last("open an eventfd");
        }
        return new Wakeup(descriptor);
    }

    /** Makes this readable; signals that were not yet cleared are one. Does nothing once this is closed. */
    public synchronized void signal() {
        Libc.write(descriptor, one.address(), one.size());
    }

    /** Takes all signals; returns whether there was one. For the waiting thread. */
    public boolean clear() {
        return Libc.read(descriptor, count.address(), count.size()) > 0;
    }

    @Override
    public int descriptor() {
        return descriptor;
    }

    /** Synchronized with {@link #signal}, which must not write to a descriptor that has become another file. */
    @Override
    public synchronized void close() {
        int open = descriptor;
        descriptor = -1;
        if (open >= 0) {
            Libc.close(open);
        }
    }
}
