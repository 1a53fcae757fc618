package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Poller;
import io.jenkins.plugins.baton.agent.linux.libc.Wakeup;
import io.jenkins.plugins.baton.agent.linux.netfilter.RulesGeneration;
import io.jenkins.plugins.baton.agent.linux.netlink.ChangeSignal;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells when somebody has changed the rules of nftables, as the kernel tells it. A thread of its own. */
final class RulesWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("baton");

    /** Programs that change rules often make several transactions: they are told together, when this time is over. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final ChangeSignal changes;
    private final Wakeup wakeup;
    private final Poller poller = new Poller();
    private final Runnable changed;
    private final Thread thread = new Thread(this::run, "baton-rules-w");
    private volatile boolean works = true;
    private volatile boolean closed;

    private RulesWatch(ChangeSignal changes, Wakeup wakeup, Runnable changed) {
        this.changes = changes;
        this.wakeup = wakeup;
        this.changed = changed;
        poller.add(changes);
        poller.add(wakeup);
        thread.setDaemon(true);
    }

    /** @param changed called on the watch's thread, half a second after the first of some changes */
    static RulesWatch start(Runnable changed) throws LinuxException {
        ChangeSignal changes = RulesGeneration.changes();
        try {
            RulesWatch watch = new RulesWatch(changes, Wakeup.open(), changed);
            watch.thread.start();
            return watch;
        } catch (LinuxException e) {
            changes.close();
            throw e;
        }
    }

    /** Whether changes are told. Any thread. */
    boolean works() {
        return works;
    }

    private void run() {
        try {
            while (!closed) {
                poller.await(Long.MAX_VALUE);
                if (!closed && poller.isReady(changes)) {
                    pause();
                    changes.clear();
                    changed.run();
                }
            }
        } catch (LinuxException | RuntimeException e) {
            works = false;
            if (!closed) {
                LOG.warn("{}; changes of the rules are noticed later from now on", e.getMessage());
            }
        } finally {
            changes.close();
            wakeup.close();
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does not wait for who is being told. */
    @Override
    public void close() {
        closed = true;
        wakeup.signal();
    }
}
