package io.jenkins.plugins.baton.fleet.nodes;

import io.jenkins.plugins.baton.fleet.DaemonThread;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import io.jenkins.plugins.baton.fleet.ssh.Outcome;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The lock of one node, held by a process there that lives on our signs of life. When the connection is lost (some drills
 * cut it) the lock is taken anew as soon as the node can be reached. One thread.
 */
final class NodeLock implements AutoCloseable {
    /** For so long a holder whose host vanished still holds the lock. */
    private static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(20);

    private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(4);
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LOCK_TIMEOUT = Duration.ofHours(24);
    private static final Duration RELEASE_TIMEOUT = Duration.ofSeconds(5);

    private static final String TAKEN = "taken";
    private static final String HELD = "held ";
    private static final String MAINTENANCE = "maintenance ";

    private final NodeConnection connection;
    private final Command command;
    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private final Thread thread;
    /** Guarded by this. */
    private HeartbeatInput heartbeat = new HeartbeatInput(HEARTBEAT_INTERVAL);
    /** Guarded by this. */
    private boolean closed;

    /**
     * Asks for the lock; {@link #rival} tells whether this has it.
     *
     * @param token of an operator who may take over from an earlier hold of their own
     * @param holder who holds it and for what, for others
     */
    NodeLock(NodeConnection connection, String token, String holder) {
        this.connection = connection;
        this.command = Script.of(
                        NodeLock.class,
                        "hold-lock.sh",
                        List.of(token, holder, String.valueOf(HEARTBEAT_TIMEOUT.toSeconds())))
                .within(LOCK_TIMEOUT)
                .telling(this::line);
        this.thread = DaemonThread.start("lock-" + connection.name(), this::work);
    }

    /** The script's word; other lines may come from sudo. */
    private void line(String line) {
        if (line.equals(TAKEN) || line.startsWith(HELD) || line.startsWith(MAINTENANCE)) {
            answer.complete(line);
        }
    }

    /** Waits for the node; who else has the lock and what to do about it, in a sentence, or empty when this has it. */
    Optional<String> rival() throws SshException, InterruptedException {
        try {
            String said = answer.get();
            if (said.startsWith(MAINTENANCE)) {
                return Optional.of(said.substring(MAINTENANCE.length())
                        + ". Wait for its end; if nobody is at work there any more, `baton enable` ends it");
            }
            return said.equals(TAKEN)
                    ? Optional.empty()
                    : Optional.of(
                            said.substring(HELD.length()) + " holds the lock. Wait for its end; the lock of one who "
                                    + "was killed is free at once, of one whose host vanished after "
                                    + HEARTBEAT_TIMEOUT.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw (SshException) e.getCause();
        }
    }

    private void work() {
        try {
            while (!isClosed()) {
                try {
                    Outcome outcome = connection.run(command.reading(heartbeat()));
                    answer.completeExceptionally(
                            new SshException(connection.name(), "cannot take the lock: " + outcome.complaint()));
                } catch (SshException e) {
                    answer.completeExceptionally(e);
                }
                Thread.sleep(RETRY_INTERVAL.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized HeartbeatInput heartbeat() {
        if (!closed) {
            heartbeat = new HeartbeatInput(HEARTBEAT_INTERVAL);
        }
        return heartbeat;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Frees the lock; a node that cannot be reached frees it by itself when it hears no more of us. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            heartbeat.close();
        }
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(RELEASE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        thread.interrupt();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
