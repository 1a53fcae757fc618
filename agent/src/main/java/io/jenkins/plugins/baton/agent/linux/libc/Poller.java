package io.jenkins.plugins.baton.agent.linux.libc;

import java.util.ArrayList;
import java.util.List;

/** Waits until one of a few descriptors is ready, or a time has passed: {@code ppoll(2)}, nanosecond timeouts. */
public final class Poller {
    private static final short POLLIN = 1;
    private static final int SIZEOF_POLLFD = 8;
    private static final int OFFSET_EVENTS = 4;
    private static final int OFFSET_REVENTS = 6;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final List<Pollable> members = new ArrayList<>();
    private final NativeMemory timeout = new NativeMemory(16);
    private NativeMemory table = new NativeMemory(8 * SIZEOF_POLLFD);
    /** Whether the table has other members than the list. */
    private boolean outdated;

    private final List<Pollable> ready = new ArrayList<>();

    /** Waits for this one too, from the next {@link #await} on. */
    public void add(Pollable member) {
        members.add(member);
        if (members.size() * SIZEOF_POLLFD > table.size()) {
            table = new NativeMemory(2 * table.size());
        }
        outdated = true;
    }

    public void remove(Pollable member) {
        members.remove(member);
        outdated = true;
    }

    /**
     * Waits for the first member that can be read. A signal ends the wait early, as if nothing had become readable.
     *
     * @param nanos how long at most; zero or less looks without waiting, {@link Long#MAX_VALUE} is without limit
     * @return whether any member is ready
     */
    public boolean await(long nanos) throws LinuxException {
        if (outdated) {
            writeTable();
        }
        long wait = Math.max(0, nanos);
        timeout.bytes().putLong(0, wait / NANOS_PER_SECOND).putLong(8, wait % NANOS_PER_SECOND);
        long limit = nanos == Long.MAX_VALUE ? 0 : timeout.address();
        ready.clear();
        int count = Libc.ppoll(table.address(), members.size(), limit, 0);
        if (count < 0 && Errno.last() != Errno.EINTR) {
            throw LinuxException.last("wait for " + members.size() + " descriptors");
        }
        for (int i = 0; i < members.size() && ready.size() < count; i++) {
            if (table.bytes().getShort(i * SIZEOF_POLLFD + OFFSET_REVENTS) != 0) {
                ready.add(members.get(i));
            }
        }
        return count > 0;
    }

    private void writeTable() {
        for (int i = 0; i < members.size(); i++) {
            int entry = i * SIZEOF_POLLFD;
            table.bytes().putInt(entry, members.get(i).descriptor());
            table.bytes().putShort(entry + OFFSET_EVENTS, POLLIN);
            table.bytes().putShort(entry + OFFSET_REVENTS, (short) 0);
        }
        outdated = false;
    }

    /** Whether the last {@link #await} found this member ready, or in error, which reading it will tell. */
    public boolean isReady(Pollable member) {
        return ready.contains(member);
    }
}
