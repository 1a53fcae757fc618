package io.jenkins.plugins.baton.agent.router.segment;

import io.jenkins.plugins.baton.agent.linux.ethernet.NeighbourProbe;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Poller;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Node;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** The hosts of the other nodes, each watched by questions to its kernel. On the real-time thread. */
public final class Hosts {
    private static final int MAX_AT_ONCE = 256;

    /** How often each host is asked where it is, though its adverts say that it is there. */
    private static final long CONFIRM_INTERVAL = 5_000_000_000L;

    /** How long an answer says where a host is. */
    private static final long ANSWER_LIFETIME = 3 * CONFIRM_INTERVAL;

    /** Ethernet addresses of one host; where more answer for it, anybody may be it, and no more are kept. */
    private static final int MAX_MACS = 4;

    private final HostProbe.Opener probes;
    private final BiConsumer<String, Boolean> listener;
    private final Map<InetAddress, Peer> peers = new LinkedHashMap<>();
    private InetAddress own;
    private String interfaceName = "";
    /** Whether this machine has the node's own address. */
    private boolean ownIsHere = true;

    private boolean moved;
    private volatile List<String> unreachable = List.of();
    private Optional<Link> link = Optional.empty();
    private Optional<HostProbe> probe = Optional.empty();

    /** A peer's host, and where it answered last. */
    private static final class Peer {
        final String node;
        final HostWatch watch;
        /** Where it answered last. */
        MacAddress mac = MacAddress.BROADCAST;

        /** Where it answered within {@link #ANSWER_LIFETIME}, and when; one more than {@link #MAX_MACS} at most. */
        final Map<MacAddress, Long> macs = new LinkedHashMap<>();

        long askedAt = Long.MIN_VALUE / 2;

        Peer(String node, HostWatch watch) {
            this.node = node;
            this.watch = watch;
        }

        /** It answered from there. Returns whether {@link #macs} are others than before. */
        boolean answered(MacAddress from, long now) {
            mac = from;
            boolean known = macs.containsKey(from);
            boolean fits = known || macs.size() <= MAX_MACS;
            if (fits) {
                macs.put(from, now);
            }
            return macs.size() > 1 && forgetOld(now) || fits && !known;
        }

        /** Returns whether there was one. */
        boolean forgetOld(long now) {
            return macs.values().removeIf(at -> now - at > ANSWER_LIFETIME);
        }
    }

    /**
     * @param poller ends its wait when a host answers
     * @param listener told of a node, and whether its host is there now
     */
    public Hosts(Poller poller, BiConsumer<String, Boolean> listener) {
        this(HostProbe.polledBy(poller), listener);
    }

    Hosts(HostProbe.Opener probes, BiConsumer<String, Boolean> listener) {
        this.probes = probes;
        this.listener = listener;
    }

    /**
     * Watches the nodes of this file that have an address of this node's family.
     *
     * @param onInterface the name of this node's interface on their segment
     */
    public void watch(Cluster cluster, Node self, String onInterface, long now) {
        own = self.address();
        if (!interfaceName.equals(onInterface)) {
            linkIsGone();
            interfaceName = onInterface;
        }
        Map<InetAddress, Peer> before = Map.copyOf(peers);
        peers.clear();
        for (Node node : cluster.nodes()) {
            if (!node.name().equals(self.name()) && isIpv6(node.address()) == isIpv6(own)) {
                Peer known = before.get(node.address());
                boolean same = known != null && known.node.equals(node.name());
                peers.put(node.address(), same ? known : new Peer(node.name(), new HostWatch(now)));
            }
        }
        publish();
        before.values().stream()
                .filter(peer -> peer.watch.isPresent() && !peers.containsValue(peer))
                .forEach(peer -> listener.accept(peer.node, false));
    }

    public String interfaceName() {
        return interfaceName;
    }

    /**
     * Whether this machine has the node's own address. Without it nobody is asked: a question in the name of an address
     * that another machine may have by now would lead the neighbours astray.
     */
    public void ownIsHere(boolean here, long now) {
        ownIsHere = here;
        if (!here) {
            peers.values().forEach(peer -> peer.watch.rest(now));
        }
    }

    /** The interface on the segment of the nodes is like this now. When that fails, nobody is asked until it succeeds. */
    void linkIs(Link now, long at) throws LinuxException {
        boolean same = link.filter(l -> l.index() == now.index() && l.mac().equals(now.mac()))
                .isPresent();
        if (!same) {
            linkIsGone();
            if (now.isEthernet()) {
                probe = Optional.of(probes.open(now, isIpv6(own)));
            }
        }
        if (link.isEmpty() || !link.get().isRunning()) {
            peers.values().forEach(peer -> peer.watch.rest(at));
        }
        link = Optional.of(now);
    }

    public void linkIsGone() {
        probe.ifPresent(HostProbe::close);
        probe = Optional.empty();
        link = Optional.empty();
        peers.values().forEach(peer -> peer.macs.clear());
        moved = true;
    }

    public boolean isOn(int linkIndex) {
        return link.filter(l -> l.index() == linkIndex).isPresent();
    }

    /** Any thread. */
    public List<String> unreachable() {
        return unreachable;
    }

    private void publish() {
        unreachable = peers.values().stream()
                .filter(p -> !p.watch.isPresent())
                .map(p -> p.node)
                .toList();
    }

    /** An advert of this node came; another will, within the given time. */
    public void heard(String node, long now, long next) {
        for (Peer peer : peers.values()) {
            if (peer.node.equals(node)) {
                sign(peer, now, next);
            }
        }
    }

    public long deadline() {
        long first = Long.MAX_VALUE;
        if (isWatching()) {
            for (Peer peer : peers.values()) {
                first = Math.min(first, Math.min(peer.watch.deadline(), peer.askedAt + CONFIRM_INTERVAL));
            }
        }
        return first;
    }

    /** Takes in the answers first, so that a thread that comes late does not judge by its own lateness. */
    public void turn(long now) {
        if (probe.isPresent() && probe.get().isReady()) {
            hear(probe.get(), now, now >= deadline() ? MAX_AT_ONCE : 1);
        }
        if (isWatching()) {
            for (Map.Entry<InetAddress, Peer> entry : peers.entrySet()) {
                ask(entry.getKey(), entry.getValue(), now);
            }
        }
    }

    private void hear(HostProbe from, long now, int most) {
        try {
            boolean more = true;
            for (int i = 0; i < most && more; i++) {
                Optional<NeighbourProbe.Answer> answer = from.receive();
                answer.ifPresent(one -> hear(one, now));
                more = answer.isPresent();
            }
        } catch (LinuxException e) {
            // The socket tells so once when its interface goes down; reading has taken the error off it.
        }
    }

    private void hear(NeighbourProbe.Answer answer, long now) {
        Peer peer = peers.get(answer.address());
        if (peer != null) {
            moved |= peer.answered(answer.mac(), now);
            sign(peer, now, HostWatch.SIGN_INTERVAL);
        }
    }

    /** The Ethernet addresses that answer for a node; empty: none is known. */
    public Set<MacAddress> macs(String node) {
        return peers.values().stream()
                .filter(p -> p.node.equals(node) && p.macs.size() <= MAX_MACS)
                .findFirst()
                .map(p -> Set.copyOf(p.macs.keySet()))
                .orElse(Set.of());
    }

    /** Whether {@link #macs} says something else than when this was asked last. */
    public boolean haveMoved() {
        boolean news = moved;
        moved = false;
        return news;
    }

    /** What was told of moves does not hold any more, for instance because the interface is another. */
    public void tellAgain() {
        moved = true;
    }

    /** Asks the segment where this node is: somebody sends in its name from elsewhere. */
    public void askWhereIs(String node, long now) {
        peers.forEach((address, peer) -> {
            if (peer.node.equals(node) && now - peer.askedAt > HostWatch.ANSWER_TIMEOUT) {
                send(address, peer, MacAddress.BROADCAST, now);
            }
        });
    }

    /** Something came in the name of a node, and is not believed: if its host counts as gone, perhaps it is back. */
    public void askIfGone(String node, long now) {
        if (unreachable.contains(node)) {
            askWhereIs(node, now);
        }
    }

    private void send(InetAddress address, Peer peer, MacAddress to, long now) {
        peer.askedAt = now;
        try {
            if (probe.isPresent()) {
                probe.get().ask(own, address, to);
            }
        } catch (LinuxException e) {
            // The interface is going down, or the kernel has no memory to spare: this question is not heard.
        }
    }

    private void ask(InetAddress address, Peer peer, long now) {
        boolean before = peer.watch.isPresent();
        if (peer.watch.ask(now)) {
            send(address, peer, peer.watch.isDoubtful() ? MacAddress.BROADCAST : peer.mac, now);
            tell(peer, before);
        } else if (now - peer.askedAt >= CONFIRM_INTERVAL) {
            moved |= peer.forgetOld(now);
            send(address, peer, peer.mac, now);
        }
    }

    private void sign(Peer peer, long now, long next) {
        boolean before = peer.watch.isPresent();
        peer.watch.sign(now, next);
        tell(peer, before);
    }

    private void tell(Peer peer, boolean before) {
        if (peer.watch.isPresent() != before) {
            publish();
            listener.accept(peer.node, peer.watch.isPresent());
        }
    }

    private boolean isWatching() {
        return ownIsHere && probe.isPresent() && link.filter(Link::isRunning).isPresent();
    }

    private static boolean isIpv6(InetAddress address) {
        return address instanceof Inet6Address;
    }
}
