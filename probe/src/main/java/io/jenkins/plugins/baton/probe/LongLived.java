package io.jenkins.plugins.baton.probe;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Connections that are opened before a fault and must outlive it. Each asks for an answer again and again. */
public final class LongLived implements AutoCloseable {
    private static final int ATTEMPTS = 3;
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(200);

    private final List<KeepAliveConnection> connections = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    private volatile boolean closed;

    /**
     * @param at when it was noticed, {@link System#nanoTime}
     * @param reason what the client saw
     */
    public record Loss(long at, String reason) {}

    /**
     * @param count how many connections
     * @param readTimeout how long an answer may take until the connection counts as lost
     * @throws IOException when one of them cannot be opened
     */
    public LongLived(Target target, int count, Duration readTimeout) throws IOException {
        try {
            for (int i = 0; i < count; i++) {
                connections.add(open(target, readTimeout));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        for (KeepAliveConnection connection : connections) {
            Thread thread = new Thread(() -> keepAsking(connection), "long-lived");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** One that is refused by chance must not spoil a drill that has not begun. */
    private static KeepAliveConnection open(Target target, Duration readTimeout) throws IOException {
        for (int failures = 1; ; failures++) {
            try {
                return KeepAliveConnection.open(target, readTimeout);
            } catch (IOException e) {
                if (failures == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void keepAsking(KeepAliveConnection connection) {
        try {
            while (!closed) {
                connection.ask();
                Thread.sleep(RETRY_INTERVAL.toMillis());
            }
        } catch (IOException e) {
            if (!closed) {
                synchronized (losses) {
                    losses.add(new Loss(
                            System.nanoTime(),
                            Optional.ofNullable(e.getMessage()).orElse("closed")));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public int count() {
        return connections.size();
    }

    public List<Loss> losses() {
        synchronized (losses) {
            return List.copyOf(losses);
        }
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        connections.forEach(KeepAliveConnection::close);
    }
}
