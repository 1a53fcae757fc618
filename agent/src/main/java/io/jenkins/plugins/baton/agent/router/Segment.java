package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.linux.Datagram;
import io.jenkins.plugins.baton.agent.linux.Link;
import io.jenkins.plugins.baton.agent.linux.LinuxException;
import io.jenkins.plugins.baton.agent.linux.Poller;
import io.jenkins.plugins.baton.agent.linux.VrrpSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One address family on one interface of this node: its raw socket, which all virtual routers there share. The
 * interface may go and come back; the socket follows it.
 */
final class Segment {

    /** More than the kernel's buffer holds, so that one look takes in everything that arrived before it. */
    private static final int MOST_AT_ONCE = 4096;

    /** What a segment is of. */
    record Place(String interfaceName, boolean ipv6) {}

    private final Place place;
    private final Poller poller;
    private Optional<Link> link = Optional.empty();
    private Optional<VrrpSocket> socket = Optional.empty();
    private Optional<String> trouble = Optional.empty();

    Segment(Place place, Poller poller) {
        this.place = place;
        this.poller = poller;
    }

    Place place() {
        return place;
    }

    Optional<Link> link() {
        return link;
    }

    boolean isOn(int linkIndex) {
        return link.filter(l -> l.index() == linkIndex).isPresent();
    }

    boolean isRunning() {
        return obstacle().isEmpty();
    }

    /** Why nothing can be sent or heard here; empty when it can. */
    Optional<String> obstacle() {
        if (link.isEmpty() || socket.isEmpty()) {
            return Optional.of(trouble.orElse("there is no interface " + place.interfaceName()));
        }
        if (!link.get().isUp()) {
            return Optional.of(place.interfaceName() + " is switched off");
        }
        return link.get().isRunning() ? Optional.empty() : Optional.of(place.interfaceName() + " has no carrier");
    }

    /** The interface is there, but the kernel refuses something about it. */
    void fails(String why) {
        close();
        trouble = Optional.of(why);
    }

    /** The interface is like this now; one that was made anew has another index and needs another socket. */
    void linkIs(Link now) throws LinuxException {
        boolean same = link.map(l -> l.index() == now.index()).orElse(false);
        if (!same || socket.isEmpty()) {
            close();
            VrrpSocket opened = VrrpSocket.open(now, place.ipv6());
            poller.add(opened);
            socket = Optional.of(opened);
        }
        link = Optional.of(now);
        trouble = Optional.empty();
    }

    /** The interface is gone. */
    void close() {
        socket.ifPresent(s -> {
            poller.remove(s);
            s.close();
        });
        socket = Optional.empty();
        link = Optional.empty();
        trouble = Optional.empty();
    }

    void drain(Consumer<Datagram> receiver) throws LinuxException {
        for (int i = 0; i < MOST_AT_ONCE && socket.isPresent(); i++) {
            Optional<Datagram> datagram = socket.get().receive();
            if (datagram.isEmpty()) {
                return;
            }
            receiver.accept(datagram.get());
        }
    }

    /** Without an interface nothing is sent; the routers are in FAULT then. */
    void send(ByteBuffer packet, InetAddress source, InetAddress destination) throws LinuxException {
        if (socket.isPresent()) {
            socket.get().send(packet, source, destination);
        }
    }
}
