package io.jenkins.plugins.baton.fleet.ssh;

import io.jenkins.plugins.baton.fleet.DaemonThread;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/**
 * Cuts a connection whose handshake or login does not end. sshj limits how long it waits for each byte; a peer that keeps
 * sending something else than SSH, or sends very slowly, would hold it for ever.
 */
final class TimeLimit implements AutoCloseable {
    private final Duration time;
    private final Closeable connection;
    private final Thread watcher;

    /** Guarded by this: whichever comes first, the end of the work or of the time, decides. */
    private boolean ended;

    private boolean passed;

    private TimeLimit(Duration time, Closeable connection) {
        this.time = time;
        this.connection = connection;
        this.watcher = DaemonThread.of("ssh-time-limit", this::watch);
    }

    /** @param connection to be closed, by another thread, when this is still open after that time */
    static TimeLimit of(Duration time, Closeable connection) {
        TimeLimit limit = new TimeLimit(time, connection);
        limit.watcher.start();
        return limit;
    }

    private void watch() {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            return;
        }
        synchronized (this) {
            if (ended) {
                return;
            }
            passed = true;
        }
        try {
            connection.close();
        } catch (IOException e) {
            // It is lost already, which is what was wanted.
            return;
        }
    }

    /** The work has ended: the connection stays. @throws TookTooLong when it was cut before */
    synchronized void end() throws TookTooLong {
        ended = true;
        if (passed) {
            throw new TookTooLong(time);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            ended = true;
        }
        watcher.interrupt();
    }

    /** The time was over. */
    static final class TookTooLong extends IOException {
        private static final long serialVersionUID = 1;

        TookTooLong(Duration time) {
            super("it did not finish within " + time.toSeconds() + " s, although it was sending; is it an SSH server?");
        }
    }
}
