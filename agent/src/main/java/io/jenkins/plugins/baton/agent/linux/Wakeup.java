package io.jenkins.plugins.baton.agent.linux;

/** Ends another thread's {@link Poller#await}: an {@code eventfd(2)}. {@link #signal} may be called by any thread. */
public final class Wakeup implements Pollable {
    private static final int EFD_NONBLOCK = 0x800;
    private static final int EFD_CLOEXEC = 0x80000;

    private final NativeMemory one = new NativeMemory(8);
    private final NativeMemory count = new NativeMemory(8);
    private final OpenFile file;

    private Wakeup(int descriptor) {
        file = new OpenFile(descriptor);
        one.bytes().putLong(0, 1);
    }

    public static Wakeup open() throws LinuxException {
        int descriptor = Libc.eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
        if (descriptor < 0) {
            throw LinuxException.last("open an eventfd");
        }
        return new Wakeup(descriptor);
    }

    /** Makes this readable; signals that were not yet cleared are one. */
    public void signal() {
        Libc.write(file.descriptor(), one.address(), one.size());
    }

    /** Takes all signals; returns whether there was one. For the waiting thread. */
    public boolean clear() {
        return Libc.read(file.descriptor(), count.address(), count.size()) > 0;
    }

    @Override
    public int descriptor() {
        return file.descriptor();
    }

    @Override
    public void close() {
        file.close();
    }
}
