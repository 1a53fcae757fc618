package io.jenkins.plugins.baton.agent.router.segment;

import io.jenkins.plugins.baton.agent.linux.ethernet.AddressClaims;
import io.jenkins.plugins.baton.agent.linux.ethernet.NeighbourProbe;
import io.jenkins.plugins.baton.agent.linux.host.BootClock;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Pollable;
import io.jenkins.plugins.baton.agent.linux.libc.Poller;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.vrrp.Datagram;
import io.jenkins.plugins.baton.agent.linux.vrrp.StrangerSocket;
import io.jenkins.plugins.baton.agent.linux.vrrp.VrrpSenders;
import io.jenkins.plugins.baton.agent.linux.vrrp.VrrpSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One address family on one interface of this node: its raw socket, which all virtual routers there share, and two that hear
 * what others do with what is ours. The interface may go and come back; the sockets follow it.
 */
public final class Segment implements Wire {
    /** Beyond what the routers' own intervals make: late bursts, adverts of priority 0, takeover orders. */
    private static final int SPARE_PACKETS = 500;

    /** Strangers' packets that are looked at in a second: enough to name them. */
    private static final int STRANGERS = 40;

    private static final int CLAIMS = 60;

    /** What a segment is of. */
    public record Place(String interfaceName, boolean ipv6) {}

    /**
     * What the routers on a segment want to hear.
     *
     * @param adverts that may come in a second when all is well
     * @param addresses virtual ones
     */
    public record Interest(VrrpSenders senders, int adverts, Set<InetAddress> addresses) {
        static final Interest NONE = new Interest(new VrrpSenders(Set.of(), Map.of()), 0, Set.of());
    }

    /** A socket and how much of it is read. */
    private record Limited<S extends Pollable>(S socket, RateLimit limit) {}

    private final Place place;
    private final Poller poller;
    private Interest interest = Interest.NONE;
    private Optional<Link> link = Optional.empty();
    private Optional<Limited<VrrpSocket>> socket = Optional.empty();
    private Optional<Limited<StrangerSocket>> strangers = Optional.empty();
    private Optional<Limited<AddressClaims>> claims = Optional.empty();
    private Optional<String> trouble = Optional.empty();
    private Optional<String> unsorted = Optional.empty();

    public Segment(Place place, Poller poller) {
        this.place = place;
        this.poller = poller;
    }

    @Override
    public Place place() {
        return place;
    }

    @Override
    public Optional<Link> link() {
        return link;
    }

    public boolean isOn(int linkIndex) {
        return link.filter(l -> l.index() == linkIndex).isPresent();
    }

    public boolean isRunning() {
        return obstacle().isEmpty();
    }

    @Override
    public Optional<String> obstacle() {
        if (link.isEmpty() || socket.isEmpty()) {
            return Optional.of(trouble.orElse("there is no interface " + place.interfaceName()));
        }
        if (!link.get().isUp()) {
            return Optional.of(place.interfaceName() + " is switched off");
        }
        return link.get().isRunning() ? Optional.empty() : Optional.of(place.interfaceName() + " has no carrier");
    }

    /** The interface is there, but the kernel refuses something about it. */
    public void fails(String why) {
        close();
        trouble = Optional.of(why);
    }

    /** The interface is like this now; one that was made anew has another index and needs other sockets. */
    void linkIs(Link now) throws LinuxException {
        boolean same = link.filter(l -> l.index() == now.index() && l.mac().equals(now.mac()))
                .isPresent();
        if (!same || socket.isEmpty()) {
            close();
            link = Optional.of(now);
            open(now);
        }
        link = Optional.of(now);
        trouble = Optional.empty();
    }

    private void open(Link now) throws LinuxException {
        VrrpSocket opened = VrrpSocket.open(now, place.ipv6());
        socket = Optional.of(limited(opened, SPARE_PACKETS + interest.adverts()));
        if (now.isEthernet() && !interest.addresses().isEmpty()) {
            sort(() -> {
                strangers = Optional.of(limited(StrangerSocket.open(now, place.ipv6(), interest.senders()), STRANGERS));
                claims = Optional.of(limited(AddressClaims.open(now, place.ipv6(), interest.addresses()), CLAIMS));
                opened.expect(interest.senders());
            });
        }
    }

    private interface Sorting {
        void begin() throws LinuxException;
    }

    /** Without it strangers cost time and are not named; that is no reason to leave the election. */
    private void sort(Sorting sorting) {
        try {
            sorting.begin();
            unsorted = Optional.empty();
        } catch (LinuxException e) {
            unsorted = Optional.of(e.getMessage());
            closeOthers();
            socket.ifPresent(s -> s.socket().expectAll());
        }
    }

    /** Why strangers' packets are not sorted out; empty when they are. */
    Optional<String> unsorted() {
        return unsorted;
    }

    private <S extends Pollable> Limited<S> limited(S opened, int perSecond) {
        return new Limited<>(opened, new RateLimit(poller, opened, perSecond, perSecond, BootClock.nanoTimeAwake()));
    }

    /** From now on the routers want to hear this. */
    public void expect(Interest next) throws LinuxException {
        if (next.equals(interest)) {
            return;
        }
        boolean sameSockets = strangers.isPresent()
                && next.addresses().equals(interest.addresses())
                && next.adverts() == interest.adverts();
        interest = next;
        if (link.isEmpty()) {
            return;
        }
        if (sameSockets) {
            sort(() -> {
                strangers.get().socket().expect(next.senders());
                socket.orElseThrow().socket().expect(next.senders());
            });
        } else {
            Link now = link.get();
            close();
            link = Optional.of(now);
            open(now);
        }
    }

    /** The interface is gone. */
    public void close() {
        socket.ifPresent(s -> s.limit().close());
        socket = Optional.empty();
        closeOthers();
        link = Optional.empty();
        trouble = Optional.empty();
    }

    private void closeOthers() {
        strangers.ifPresent(s -> s.limit().close());
        claims.ifPresent(s -> s.limit().close());
        strangers = Optional.empty();
        claims = Optional.empty();
    }

    /** When {@link #turn} is due. */
    public long deadline() {
        return Math.min(deadline(socket), Math.min(deadline(strangers), deadline(claims)));
    }

    private static long deadline(Optional<? extends Limited<?>> limited) {
        return limited.isPresent() ? limited.get().limit().deadline() : Long.MAX_VALUE;
    }

    public void turn(long now) {
        turn(socket, now);
        turn(strangers, now);
        turn(claims, now);
    }

    private static void turn(Optional<? extends Limited<?>> limited, long now) {
        if (limited.isPresent()) {
            limited.get().limit().turn(now);
        }
    }

    /** Who is told what came. It may close the sockets. */
    public interface Receiver {
        /** A packet for the routers. */
        void heard(Segment segment, Datagram datagram);

        /** A packet that is not from a node, or not from where that node is. */
        void heardStranger(Segment segment, StrangerSocket.Packet packet);

        /** Somebody else says that a virtual address is his. */
        void claimed(Segment segment, NeighbourProbe.Answer claim);
    }

    /**
     * What came for the routers.
     *
     * @param all without it one packet at most; a socket that has more is still readable
     */
    void drain(boolean all, Receiver receiver) throws LinuxException {
        drain(all, socket, VrrpSocket::receive, Receiver::heard, receiver);
    }

    /** What others sent that is not for the routers; not all of it when it is much. */
    void drainOthers(boolean all, Receiver receiver) throws LinuxException {
        drain(all, strangers, StrangerSocket::receive, Receiver::heardStranger, receiver);
        drain(all, claims, AddressClaims::receive, Receiver::claimed, receiver);
    }

    private interface Reader<S, P> {
        Optional<P> receive(S socket) throws LinuxException;
    }

    private interface Delivery<P> {
        void to(Receiver receiver, Segment segment, P packet);
    }

    private <S extends Pollable, P> void drain(
            boolean all, Optional<Limited<S>> limited, Reader<S, P> reader, Delivery<P> delivery, Receiver receiver)
            throws LinuxException {
        if (limited.isEmpty() || !poller.isReady(limited.get().socket())) {
            return;
        }
        RateLimit limit = limited.get().limit();
        boolean more = true;
        while (more && !limit.isOver()) {
            Optional<P> packet = reader.receive(limited.get().socket());
            if (packet.isPresent()) {
                limit.spend(BootClock.nanoTimeAwake());
                delivery.to(receiver, this, packet.get());
            }
            more = all && packet.isPresent();
        }
    }

    @Override
    public void askForClaims(InetAddress address) throws LinuxException {
        if (claims.isPresent() && isRunning()) {
            claims.get().socket().ask(address);
        }
    }

    @Override
    public void send(ByteBuffer packet, InetAddress source, InetAddress destination) throws LinuxException {
        if (socket.isPresent()) {
            socket.get().socket().send(packet, source, destination);
        }
    }
}
