package io.jenkins.plugins.baton.agent.router.segment;

import io.jenkins.plugins.baton.agent.linux.host.BootClock;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The segments in use, and the watch over the hosts on them: all that follows the coming and going of interfaces. */
public final class Segments {
    /** After a failure no event may come: descriptors that were short are there again unheard. */
    private static final long RETRY_NANOS = 1_000_000_000L;

    private static final String UNWATCHED =
            "until that succeeds, it is not watched which hosts of other nodes are there";

    private final KernelHandles kernel;
    private final Hosts hosts;
    private final Consumer<Segment> listener;
    private final Consumer<String> warn;
    private final Map<Segment.Place, Segment> segments = new HashMap<>();
    /** The same ones; another list when others are in use. */
    private List<Segment> all = List.of();

    private long retryAt = Long.MAX_VALUE;
    /** What was said since all was well. */
    private final Set<String> warned = new HashSet<>();

    /**
     * @param listener told of a segment whose interface changed
     * @param warn told of what fails while the routers run, as a sentence
     */
    public Segments(KernelHandles kernel, Hosts hosts, Consumer<Segment> listener, Consumer<String> warn) {
        this.kernel = kernel;
        this.hosts = hosts;
        this.listener = listener;
        this.warn = warn;
    }

    /** The segment at this place, opened when it is not yet in use. */
    public Segment at(Segment.Place place) throws LinuxException {
        Segment segment = segments.get(place);
        if (segment == null) {
            segment = new Segment(place, kernel.poller());
            lookUp(segment);
            segments.put(place, segment);
            all = List.copyOf(segments.values());
        }
        return segment;
    }

    /** Finds the interface on which the hosts are watched. */
    public void lookUpHosts() {
        try {
            Optional<Link> link = kernel.rtnetlink().link(hosts.interfaceName());
            if (link.isPresent()) {
                hosts.linkIs(link.get(), BootClock.nanoTimeAwake());
            } else {
                hosts.linkIsGone();
            }
        } catch (LinuxException e) {
            failed(e, UNWATCHED);
        }
    }

    /**
     * Reads what has arrived for the routers, and then what is others'.
     *
     * @param everything without it one packet of each socket at most
     */
    public void drain(boolean everything, Segment.Receiver receiver) {
        for (Segment segment : all) {
            try {
                segment.drain(everything, receiver);
            } catch (LinuxException e) {
                openAgain(segment, e);
            }
        }
        for (Segment segment : all) {
            try {
                segment.drainOthers(everything, receiver);
            } catch (LinuxException e) {
                openAgain(segment, e);
            }
        }
    }

    /** A socket that fails is replaced: one left in error would wake the loop for ever. */
    private void openAgain(Segment segment, LinuxException e) {
        warn.accept(e.getMessage() + "; the socket is opened again");
        linkIsGone(segment);
        attempt(segment, () -> lookUp(segment));
    }

    /** From now on the routers on this segment want to hear this. */
    public void expect(Segment segment, Segment.Interest interest) {
        attempt(segment, () -> segment.expect(interest));
    }

    public List<Segment> all() {
        return all;
    }

    public long deadline() {
        long first = retryAt;
        for (Segment segment : all) {
            first = Math.min(first, segment.deadline());
        }
        return first;
    }

    public void linkChanged(Link link) {
        for (Segment segment : all) {
            attempt(segment, () -> linkIs(segment, link));
        }
        if (link.name().equals(hosts.interfaceName())) {
            watchHosts(link);
        } else if (hosts.isOn(link.index())) {
            hosts.linkIsGone(); // renamed
        }
    }

    public void linkRemoved(Link link) {
        all.stream().filter(s -> s.isOn(link.index())).forEach(this::linkIsGone);
        if (hosts.isOn(link.index())) {
            hosts.linkIsGone();
        }
    }

    public void lookUpAll() {
        for (Segment segment : all) {
            attempt(segment, () -> lookUp(segment));
        }
        lookUpHosts();
    }

    /** Tries again what failed. */
    public void turn(long now) {
        for (Segment segment : all) {
            segment.turn(now);
        }
        if (now >= retryAt) {
            retryAt = Long.MAX_VALUE;
            lookUpAll();
            if (retryAt == Long.MAX_VALUE) {
                warned.clear();
            }
        }
    }

    /** An interface may be gone or renamed when its event is read: then only the routers on it are in FAULT. */
    private void attempt(Segment segment, Attempt attempt) {
        try {
            attempt.run();
            segment.unsorted()
                    .map(why -> why
                            + "; strangers' packets are not sorted out in the kernel, nor are claims of others noticed")
                    .filter(warned::add)
                    .ifPresent(warn);
        } catch (LinuxException e) {
            failed(e, "until the interface can be used, the virtual routers on it are in FAULT");
            segment.fails(e.getMessage());
            listener.accept(segment);
        }
    }

    private void watchHosts(Link link) {
        try {
            hosts.linkIs(link, BootClock.nanoTimeAwake());
        } catch (LinuxException e) {
            failed(e, UNWATCHED);
        }
    }

    private void failed(LinuxException e, String consequence) {
        String sentence = e.getMessage() + "; " + consequence;
        if (warned.add(sentence)) {
            warn.accept(sentence);
        }
        retryAt = BootClock.nanoTimeAwake() + RETRY_NANOS;
    }

    private interface Attempt {
        void run() throws LinuxException;
    }

    private void linkIs(Segment segment, Link link) throws LinuxException {
        boolean ours = segment.place().interfaceName().equals(link.name());
        if (!ours && segment.isOn(link.index())) {
            linkIsGone(segment); // renamed
        } else if (ours) {
            segment.linkIs(link);
            listener.accept(segment);
        }
    }

    private void linkIsGone(Segment segment) {
        segment.close();
        listener.accept(segment);
    }

    private void lookUp(Segment segment) throws LinuxException {
        Optional<Link> link = kernel.rtnetlink().link(segment.place().interfaceName());
        if (link.isPresent()) {
            linkIs(segment, link.get());
        } else {
            linkIsGone(segment);
        }
    }

    public void close(Predicate<Segment> unwanted) {
        segments.values().removeIf(segment -> {
            boolean close = unwanted.test(segment);
            if (close) {
                segment.close();
            }
            return close;
        });
        all = List.copyOf(segments.values());
    }
}
