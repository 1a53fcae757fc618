package io.jenkins.plugins.baton.agent.linux.libc;

import java.nio.ByteBuffer;

/**
 * Waits for many descriptors at once: {@code epoll(7)}. For each the caller gives a number, which comes back with its events; after
 * a descriptor is closed, an event of it may still come (a child that is being started has a copy), so numbers are not to
 * be used again. Belongs to one thread, but for {@link #close}.
 */
public final class Epoll {
    public static final int IN = 0x1;
    public static final int OUT = 0x4;
    public static final int ERR = 0x8;
    public static final int HUP = 0x10;
    /** The peer has ended its stream. */
    public static final int RDHUP = 0x2000;
    /** Tell of changes only, not of what is so. */
    public static final int EDGE = 1 << 31;

    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CTL_DEL = 2;

    /** struct epoll_event: packed on x86_64 (include/uapi/linux/eventpoll.h), aligned elsewhere. */
    private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");

    private static final int SIZEOF_EVENT = PACKED ? 12 : 16;
    private static final int OFFSET_DATA = PACKED ? 4 : 8;

    private final int descriptor;
    private final int most;
    private final NativeMemory table;
    private final ByteBuffer events;
    private final NativeMemory wanted = new NativeMemory(16);

    private Epoll(int descriptor, int most) {
        this.descriptor = descriptor;
        this.most = most;
        this.table = new NativeMemory(most * SIZEOF_EVENT);
        this.events = table.bytes();
    }

    /** @param most how many descriptors one {@link #await} may report; the others come with the next */
    public static Epoll open(int most) throws LinuxException {
        int descriptor = Libc.epoll_create1(EPOLL_CLOEXEC);
        if (descriptor < 0) {
            throw LinuxException.last("open an epoll descriptor");
        }
        return new Epoll(descriptor, most);
    }

    /**
     * @param interest what is to be told of, besides {@link #ERR} and {@link #HUP}
     * @param number comes back with each event of this descriptor
     */
    public void add(int watched, int interest, long number) throws LinuxException {
        wanted.bytes().putInt(0, interest).putLong(OFFSET_DATA, number);
        if (Libc.epoll_ctl(descriptor, EPOLL_CTL_ADD, watched, wanted.address()) != 0) {
            throw LinuxException.last("wait for file descriptor " + watched);
        }
    }

    /** For one that stays open, or of which there are copies; closing the last copy does the same. */
    public void remove(int watched) {
        Libc.epoll_ctl(descriptor, EPOLL_CTL_DEL, watched, wanted.address());
    }

    /**
     * Waits for the first event. A signal ends the wait early, as if nothing had happened.
     *
     * @param millis how long at most; 0 looks without waiting, -1 is without limit
     * @return how many descriptors have something to tell
     */
    public int await(int millis) throws LinuxException {
        int count = Libc.epoll_wait(descriptor, table.address(), most, millis);
        if (count < 0) {
            if (Errno.last() == Errno.EINTR) {
                return 0;
            }
            throw LinuxException.last("wait for descriptors");
        }
        return count;
    }

    /** @param index less than what {@link #await} returned */
    public int events(int index) {
        return events.getInt(index * SIZEOF_EVENT);
    }

    /** The number that the descriptor was added with. */
    public long number(int index) {
        return events.getLong(index * SIZEOF_EVENT + OFFSET_DATA);
    }

    public void close() {
        Libc.close(descriptor);
    }
}
