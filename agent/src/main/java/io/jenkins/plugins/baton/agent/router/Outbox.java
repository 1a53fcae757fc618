package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.linux.LinuxException;
import io.jenkins.plugins.baton.agent.linux.Poller;
import io.jenkins.plugins.baton.agent.linux.Wakeup;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what the real-time thread has to tell to a thread that may take its time over it. The queue is lock-free and
 * the bell an eventfd: with any lock a preempted listener would hold up the real-time thread.
 */
final class Outbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final Queue<Runnable> letters = new ConcurrentLinkedQueue<>();
    private final Wakeup bell;
    private final Thread postman = new Thread(this::deliver, "vrrp-events");
    private volatile boolean closed;

    private Outbox(Wakeup bell) {
        this.bell = bell;
    }

    static Outbox open() throws LinuxException {
        Outbox outbox = new Outbox(Wakeup.open());
        outbox.postman.setDaemon(true);
        outbox.postman.start();
        return outbox;
    }

    void post(Runnable letter) {
        letters.add(letter);
        bell.signal();
    }

    private void deliver() {
        Poller poller = new Poller();
        poller.add(bell);
        try (bell) {
            while (!closed || !letters.isEmpty()) {
                if (letters.isEmpty()) {
                    poller.await(Long.MAX_VALUE);
                    bell.clear();
                }
                for (Runnable letter = letters.poll(); letter != null; letter = letters.poll()) {
                    deliver(letter);
                }
            }
        } catch (LinuxException e) {
            LOG.error("VRRP events are no longer reported: {}", e.getMessage());
        }
    }

    private static void deliver(Runnable letter) {
        try {
            letter.run();
        } catch (RuntimeException e) {
            LOG.error("A listener of VRRP events failed", e);
        }
    }

    /** Delivers what was posted, then ends. */
    @Override
    public void close() {
        closed = true;
        bell.signal();
    }
}
