package io.jenkins.plugins.baton.agent.linux.host;

import io.jenkins.plugins.baton.agent.linux.libc.Capability;
import io.jenkins.plugins.baton.agent.linux.libc.Errno;
import io.jenkins.plugins.baton.agent.linux.libc.Libc;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a thread punctual. Every method but one says by an exception that it is not permitted; the caller may go on without.
 */
public final class RealTime {
    private static final Logger LOG = LoggerFactory.getLogger(RealTime.class);

    private static final int SCHED_FIFO = 1;
    /** Threads and processes that a real-time thread starts are ordinary ones. */
    private static final int SCHED_RESET_ON_FORK = 0x4000_0000;

    private static final int PR_SET_TIMERSLACK = 29;

    private static final int MCL_CURRENT = 1;
    private static final int MCL_FUTURE = 2;
    private static final int MCL_ONFAULT = 4;

    private static volatile boolean memoryLocked;

    private RealTime() {}

    /**
     * Moves the calling thread to {@code SCHED_FIFO}: it runs before every ordinary thread.
     *
     * @param priority 1..99, higher first; kernel threads that matter run at 50 and 99
     */
    public static void scheduleFifo(int priority) throws LinuxException {
        if (Libc.sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, new int[] {priority}) != 0) {
            throw LinuxException.last("schedule this thread as SCHED_FIFO " + priority, Capability.SYS_NICE);
        }
    }

    /** The same where it is permitted; elsewhere the thread stays an ordinary one, and only the debug log says so. */
    public static void tryScheduleFifo(int priority) {
        try {
            scheduleFifo(priority);
        } catch (LinuxException e) {
            LOG.debug("{}", e.getMessage());
        }
    }

    /**
     * Moves those threads of this process to {@code SCHED_FIFO} whose names begin with one of the given ones, for
     * instance the JVM's own, which {@link Thread} does not show.
     *
     * @return how many were moved
     */
    public static int scheduleFifo(int priority, List<String> names) throws LinuxException {
        int moved = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                if (names.stream().anyMatch(name(task)::startsWith)) {
                    int thread = Integer.parseInt(task.getFileName().toString());
                    if (Libc.sched_setscheduler(thread, SCHED_FIFO | SCHED_RESET_ON_FORK, new int[] {priority}) != 0) {
                        if (Errno.last() == Errno.ESRCH) {
                            continue; // it has ended since it was listed
                        }
                        throw LinuxException.last(
                                "schedule thread " + name(task) + " as SCHED_FIFO", Capability.SYS_NICE);
                    }
                    moved++;
                }
            }
        } catch (IOException e) {
            throw e instanceof LinuxException refused ? refused : LinuxException.unsupported("list the threads: " + e);
        }
        return moved;
    }

    /** Empty when the thread has ended meanwhile. */
    private static String name(Path task) {
        try {
            return Files.readString(task.resolve("comm"), StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** How late the kernel may wake the calling thread when it is not a real-time one; the default is 50 us. */
    public static void setTimerSlack(Duration slack) throws LinuxException {
        if (Libc.prctl(PR_SET_TIMERSLACK, slack.toNanos(), 0, 0, 0) != 0) {
            throw LinuxException.last("set the timer slack of this thread to " + slack);
        }
    }

    /**
     * Keeps the memory of the process from being swapped or written back: pages stay from their first use on.
     *
     * <p>{@code MCL_ONFAULT} is what makes it bearable for a JVM: without it every reserved page of heap, code cache
     * and thread stacks becomes resident at once.
     */
    public static void lockMemory() throws LinuxException {
        // With a limit in force MCL_FUTURE would make later allocations of the JVM fail, which ends the process.
        if (!Privileges.effective().contains(Capability.IPC_LOCK)) {
            throw LinuxException.of("lock the memory of this process", Errno.EPERM.code(), "needs CAP_IPC_LOCK");
        }
        if (Libc.mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) != 0) {
            throw LinuxException.last("lock the memory of this process", Capability.IPC_LOCK);
        }
        memoryLocked = true;
    }

    /** Whether {@link #lockMemory} succeeded. */
    static boolean isMemoryLocked() {
        return memoryLocked;
    }
}
