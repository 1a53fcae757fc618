package io.jenkins.plugins.baton.agent.plane.choice;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Poller;
import io.jenkins.plugins.baton.agent.linux.libc.Wakeup;
import io.jenkins.plugins.baton.agent.linux.netlink.AddressPlace;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.NetworkEvent;
import io.jenkins.plugins.baton.agent.linux.netlink.NetworkEvents;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when interfaces of the cluster file, or their addresses, come, go or change, and every {@link #MAX_WAIT} all the same:
 * of what else a host can get, such as modules of nftables, no event tells. Many changes in a row, as where containers
 * come and go, are told together. A thread of its own.
 */
final class InterfaceWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("baton");
    static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private final NetworkEvents events;
    private final Wakeup wakeup;
    private final Poller poller = new Poller();
    private final Runnable changed;
    private final Thread thread = new Thread(this::run, "baton-interfaces");
    private volatile Set<String> interfaces = Set.of();
    private volatile boolean closed;

    // The rest belongs to the thread.
    private final Map<Integer, Link> links = new HashMap<>();
    private final Set<AddressPlace> addresses = new HashSet<>();
    private final Pace pace = new Pace(System.nanoTime());

    private InterfaceWatch(NetworkEvents events, Wakeup wakeup, Runnable changed) {
        this.events = events;
        this.wakeup = wakeup;
        this.changed = changed;
        poller.add(events);
        poller.add(wakeup);
        thread.setDaemon(true);
    }

    /** @param changed called on the watch's thread; what happens meanwhile is told afterwards, once */
    static InterfaceWatch start(Runnable changed) throws LinuxException {
        NetworkEvents events = NetworkEvents.open();
        try {
            InterfaceWatch watch = new InterfaceWatch(events, Wakeup.open(), changed);
            watch.thread.start();
            return watch;
        } catch (LinuxException e) {
            events.close();
            throw e;
        }
    }

    /** Which interfaces matter from now on. */
    void watch(Set<String> names) {
        interfaces = names;
    }

    private void run() {
        try {
            while (!closed) {
                boolean quiet = !poller.await(pace.waitNanos(System.nanoTime(), MAX_WAIT.toNanos()));
                if (poller.isReady(wakeup)) {
                    wakeup.clear();
                }
                if (poller.isReady(events)) {
                    events.drain(false, this::note);
                }
                if (!closed && (pace.isDue(System.nanoTime()) || quiet && !pace.hasNews())) {
                    changed.run();
                    pace.told(System.nanoTime());
                }
            }
        } catch (LinuxException | RuntimeException e) {
            LOG.error("interface changes are detected late from now on: {}", e.getMessage());
        } finally {
            events.close();
            wakeup.close();
        }
    }

    /** The kernel repeats itself, and tells each renewal of an address's lease. */
    private void note(NetworkEvent event) {
        if (event instanceof NetworkEvent.LinkChanged link) {
            Link before = links.put(link.link().index(), link.link());
            if (!link.link().equals(before) && (matters(link.link()) || before != null && matters(before))) {
                pace.happened();
            }
        } else if (event instanceof NetworkEvent.LinkRemoved link) {
            links.remove(link.link().index());
            if (matters(link.link())) {
                pace.happened();
            }
        } else if (event instanceof NetworkEvent.AddressAdded added) {
            if (addresses.add(AddressPlace.of(added.address()))) {
                pace.happened();
            }
        } else if (event instanceof NetworkEvent.AddressRemoved removed) {
            addresses.remove(AddressPlace.of(removed.address()));
            pace.happened();
        } else if (event instanceof NetworkEvent.EventsLost) {
            pace.happened();
        } else {
            throw new IllegalStateException("unknown event: " + event);
        }
    }

    private boolean matters(Link link) {
        return interfaces.contains(link.name());
    }

    /** Does not wait for who is being told. */
    @Override
    public void close() {
        closed = true;
        wakeup.signal();
    }
}
