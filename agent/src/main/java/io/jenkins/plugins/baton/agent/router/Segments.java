package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.linux.BootClock;
import io.jenkins.plugins.baton.agent.linux.Datagram;
import io.jenkins.plugins.baton.agent.linux.Link;
import io.jenkins.plugins.baton.agent.linux.LinuxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The segments in use, and the watch over the hosts on them: all that follows the coming and going of interfaces. */
final class Segments {
    private final Kernel kernel;
    private final Hosts hosts;
    private final Consumer<Segment> listener;
    private final Map<Segment.Place, Segment> segments = new HashMap<>();

    /** @param listener told of a segment whose interface changed */
    Segments(Kernel kernel, Hosts hosts, Consumer<Segment> listener) {
        this.kernel = kernel;
        this.hosts = hosts;
        this.listener = listener;
    }

    /** The segment at this place, opened when it is not yet in use. */
    Segment at(Segment.Place place) throws LinuxException {
        Segment segment = segments.get(place);
        if (segment == null) {
            segment = new Segment(place, kernel.poller());
            segments.put(place, segment);
            lookUp(segment);
        }
        return segment;
    }

    /** Finds the interface on which the hosts are watched. */
    void lookUpHosts() throws LinuxException {
        Optional<Link> link = kernel.rtnetlink().link(hosts.interfaceName());
        if (link.isPresent()) {
            hosts.linkIs(link.get(), BootClock.nanoTime());
        } else {
            hosts.linkIsGone();
        }
    }

    /**
     * Reads what has arrived. A socket that fails is replaced: one left in error would wake the loop for ever.
     *
     * @param failed told why, as a sentence
     */
    void drain(BiConsumer<Segment, Datagram> receiver, Consumer<String> failed) throws LinuxException {
        for (Segment segment : List.copyOf(segments.values())) {
            try {
                segment.drain(datagram -> receiver.accept(segment, datagram));
            } catch (LinuxException e) {
                failed.accept(e.getMessage() + "; the socket is opened anew");
                linkIsGone(segment);
                lookUp(segment);
            }
        }
    }

    void linkChanged(Link link) throws LinuxException {
        for (Segment segment : List.copyOf(segments.values())) {
            linkIs(segment, link);
        }
        if (link.name().equals(hosts.interfaceName())) {
            hosts.linkIs(link, BootClock.nanoTime());
        } else if (hosts.isOn(link.index())) {
            hosts.linkIsGone(); // renamed
        }
    }

    void linkRemoved(Link link) {
        segments.values().stream().filter(s -> s.isOn(link.index())).forEach(this::linkIsGone);
        if (hosts.isOn(link.index())) {
            hosts.linkIsGone();
        }
    }

    void lookUpAll() throws LinuxException {
        for (Segment segment : List.copyOf(segments.values())) {
            lookUp(segment);
        }
        lookUpHosts();
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

    void close(Predicate<Segment> unwanted) {
        segments.values().removeIf(segment -> {
            boolean close = unwanted.test(segment);
            if (close) {
                segment.close();
            }
            return close;
        });
    }
}
