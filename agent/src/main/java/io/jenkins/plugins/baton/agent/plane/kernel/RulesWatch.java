package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.loop.DescriptorWatch;
import io.jenkins.plugins.baton.agent.linux.netfilter.RulesGeneration;
import io.jenkins.plugins.baton.agent.linux.netlink.ChangeSignal;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells when somebody has changed the rules of nftables, as the kernel tells it. A loop of its own. */
final class RulesWatch extends DescriptorWatch {
    private static final Logger LOG = LoggerFactory.getLogger("baton");

    /** Programs that change rules often make several transactions: they are told together, when this time is over. */
    private static final long PAUSE_MILLIS = 500;

    private final ChangeSignal changes;
    private final Runnable changed;
    private volatile boolean works = true;
    private volatile boolean closed;

    private RulesWatch(ChangeSignal changes, Runnable changed) {
        super("baton-rules-w", changes);
        this.changes = changes;
        this.changed = changed;
    }

    /** @param changed called on the watch's thread, half a second after the first of some changes */
    static RulesWatch start(Runnable changed) throws LinuxException {
        RulesWatch watch = new RulesWatch(RulesGeneration.changes(), changed);
        watch.start();
        return watch;
    }

    /** Whether changes are told. Any thread. */
    boolean works() {
        return works;
    }

    @Override
    protected void ready(int events) {
        stopListening(); // those that follow wake nobody
        loop.schedule(this::tell, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tell() {
        try {
            changes.clear();
            changed.run();
            listen();
        } catch (LinuxException | RuntimeException | Error e) { // who is not told must know it
            works = false;
            if (!closed) {
                LOG.warn("{}; changes of the rules are noticed later from now on", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        super.close();
    }
}
