package io.jenkins.plugins.baton.agent.plane.choice;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.loop.DescriptorWatch;
import io.jenkins.plugins.baton.agent.linux.loop.Timer;
import io.jenkins.plugins.baton.agent.linux.netlink.AddressPlace;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.NetworkEvent;
import io.jenkins.plugins.baton.agent.linux.netlink.NetworkEvents;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when interfaces of the cluster file, or their addresses, come, go or change, and every {@link #MAX_WAIT} all the same:
 * of what else a host can get, such as modules of nftables, no event tells. Many changes in a row, as where containers
 * come and go, are told together. A loop of its own.
 */
final class InterfaceWatch extends DescriptorWatch {
    private static final Logger LOG = LoggerFactory.getLogger("baton");
    static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private final NetworkEvents news;
    private final Runnable changed;
    private volatile Set<String> interfaces = Set.of();

    // The rest belongs to the loop.
    private final Map<Integer, Link> links = new HashMap<>();
    private final Set<AddressPlace> addresses = new HashSet<>();
    private final Pace pace = new Pace(System.nanoTime());
    /** When {@link #tell} is due. */
    private Timer next;

    private InterfaceWatch(NetworkEvents news, Runnable changed) {
        super("baton-interfaces", news);
        this.news = news;
        this.changed = changed;
    }

    /** @param changed called on the watch's thread; what happens meanwhile is told afterwards, once */
    static InterfaceWatch start(Runnable changed) throws LinuxException {
        InterfaceWatch watch = new InterfaceWatch(NetworkEvents.open(), changed);
        watch.start();
        return watch;
    }

    /** Which interfaces matter from now on. */
    void watch(Set<String> names) {
        interfaces = names;
    }

    @Override
    protected void listen() throws LinuxException {
        super.listen();
        tellLater();
    }

    @Override
    protected void ready(int events) {
        try {
            news.drain(false, this::note);
        } catch (LinuxException e) {
            LOG.error("interface changes are detected late from now on: {}", e.getMessage());
            stopListening();
        }
        loop.cancel(next);
        tellLater();
    }

    private void tellLater() {
        long wait = pace.waitNanos(System.nanoTime(), MAX_WAIT.toNanos());
        next = loop.schedule(this::tell, wait, TimeUnit.NANOSECONDS);
    }

    private void tell() {
        try {
            changed.run();
        } finally {
            pace.told(System.nanoTime());
            tellLater();
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
}
