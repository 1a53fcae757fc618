package io.jenkins.plugins.baton.lab;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One at a time on this machine, whichever JVM and thread: what several test JVMs would do in each other's way. */
public final class MachineLock {
    private MachineLock() {}

    /**
     * Runs {@code action} while nobody else holds the lock of this file; waits as long as somebody does. Not reentrant.
     *
     * @param file made when it is not there; stays
     */
    public static synchronized void during(Path file, Action action) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock held = channel.lock();
            try {
                action.run();
            } finally {
                held.release();
            }
        }
    }

    /** What is done under a lock. */
    @FunctionalInterface
    public interface Action {
        void run() throws IOException;
    }
}
