package io.jenkins.plugins.baton.probe;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Connections that are opened before a fault and must outlive it. Each asks for an answer again and again. */
public final class LongLived implements AutoCloseable {
    private static final Duration REQUEST_INTERVAL = Duration.ofMillis(100);
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(100);
    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(5);

    private final Target target;
    private final int count;
    private final Duration readTimeout;
    private final boolean replacing;
    private final Set<KeepAliveConnection> connections = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    private final AtomicLong answered = new AtomicLong();
    private volatile boolean closed;

    /**
     * How a connection was lost.
     *
     * @param port the client's
     * @param answer the body of the last answer on it; empty where HTTP is not spoken
     * @param asked when the request began that was not answered, {@link System#nanoTime}
     * @param at when the client knew
     * @param reason what the client saw
     */
    public record Loss(int port, String answer, long asked, long at, String reason) {}

    /**
     * A connection that is lost stays lost, so that there are never more losses than connections.
     *
     * @param count how many connections
     * @param readTimeout how long an answer may take until the connection counts as lost
     * @throws IOException when one of them cannot be opened
     */
    public LongLived(Target target, int count, Duration readTimeout) throws IOException {
        this(target, count, readTimeout, false);
    }

    private LongLived(Target target, int count, Duration readTimeout, boolean replacing) throws IOException {
        this.target = target;
        this.count = count;
        this.readTimeout = readTimeout;
        this.replacing = replacing;
        try {
            for (int i = 0; i < count; i++) {
                open();
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        for (KeepAliveConnection connection : connections) {
            Thread thread = new Thread(() -> keep(connection), "long-lived");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** For a client that outlives many faults: one that is lost is replaced as soon as another can be opened. */
    public static LongLived replacing(Target target, int count, Duration readTimeout) throws IOException {
        return new LongLived(target, count, readTimeout, true);
    }

    /** Tries again for a while: one connection that is refused by chance must not spoil what has not begun. */
    private KeepAliveConnection open() throws IOException {
        long begin = System.nanoTime();
        while (true) {
            try {
                KeepAliveConnection connection = KeepAliveConnection.open(target, readTimeout);
                connections.add(connection);
                return connection;
            } catch (IOException e) {
                if (closed || System.nanoTime() - begin > OPEN_TIMEOUT.toNanos()) {
                    throw new IOException("no long-lived connection to " + target + ": " + e.getMessage(), e);
                }
                pause(RETRY_INTERVAL);
            }
        }
    }

    private void keep(KeepAliveConnection first) {
        keepAsking(first);
        while (replacing && !closed) {
            try {
                keepAsking(open());
            } catch (IOException e) {
                // Nobody answers for longer; what new connections see of it is another probe's matter.
                pause(RETRY_INTERVAL);
            }
        }
    }

    /** Returns when it is lost, or this was closed. */
    private void keepAsking(KeepAliveConnection connection) {
        while (!closed) {
            long asked = System.nanoTime();
            try {
                connection.ask();
                answered.incrementAndGet();
            } catch (IOException e) {
                lost(connection, asked, e);
                break;
            }
            pause(REQUEST_INTERVAL);
        }
        connections.remove(connection);
        connection.close();
    }

    private void lost(KeepAliveConnection connection, long asked, IOException e) {
        if (!closed) {
            String reason = Optional.ofNullable(e.getMessage()).orElse("closed");
            synchronized (losses) {
                losses.add(new Loss(connection.localPort(), connection.answer(), asked, System.nanoTime(), reason));
            }
        }
    }

    private void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        }
    }

    public int count() {
        return count;
    }

    /** How many requests were answered up to now. */
    public long answered() {
        return answered.get();
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
