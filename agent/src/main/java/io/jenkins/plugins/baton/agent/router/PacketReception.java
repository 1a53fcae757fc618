package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import io.jenkins.plugins.baton.agent.linux.vrrp.Datagram;
import io.jenkins.plugins.baton.agent.vrrp.Admission;
import io.jenkins.plugins.baton.agent.vrrp.AdmissionResult;
import io.jenkins.plugins.baton.agent.vrrp.Event;
import io.jenkins.plugins.baton.agent.vrrp.Peer;
import io.jenkins.plugins.baton.agent.vrrp.Settings;
import io.jenkins.plugins.baton.agent.vrrp.packet.DropReason;
import io.jenkins.plugins.baton.agent.vrrp.packet.Group;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sorts the packets that arrive for one virtual router: for the election, or to be counted. On the real-time thread. */
final class PacketReception {
    /** How long it may take to find a node that has a new Ethernet address. */
    private static final long SETTLING_NANOS = 1_000_000_000L;

    /**
     * How long such an address is remembered: longer than any advertisement interval, so that a forger who keeps to one is
     * named, and a node that went back to an address of long ago is not.
     */
    private static final long FOREIGN_LIFETIME_NANOS = 300_000_000_000L;

    private static final int MAX_FOREIGN = 16;

    private static final Datagram NO_DATAGRAM = new Datagram(
            ByteBuffer.allocate(0), InetAddress.getLoopbackAddress(), InetAddress.getLoopbackAddress(), -1);

    private final RouterContext context;
    private final Counters counters;
    private final ConflictReporter conflicts;
    private final PeerWitness witness;
    /** From where packets in a node's name come that is not known to be there. */
    private final Map<MacAddress, Foreign> foreign = new HashMap<>();

    private Admission admission;
    /** The last advert that was let in, and what was made of it: the next one most likely is the same octets. */
    private Datagram last = NO_DATAGRAM;

    private AdmissionResult lastVerdict;

    /** Nanoseconds of the clock: since when packets have come from there, and when the last one came. */
    private record Foreign(long since, long last) {
        Foreign again(long now) {
            return new Foreign(now - last > FOREIGN_LIFETIME_NANOS ? now : since, now);
        }
    }

    PacketReception(RouterContext context, Counters counters, ConflictReporter conflicts, PeerWitness witness) {
        this.context = context;
        this.counters = counters;
        this.conflicts = conflicts;
        this.witness = witness;
    }

    void configure(Group group, Settings settings) {
        admission = new Admission(group, settings);
        last = NO_DATAGRAM;
    }

    void receive(Datagram datagram) {
        AdmissionResult verdict = examine(datagram);
        if (verdict instanceof AdmissionResult.Admitted admitted) {
            witness.judge(admitted.event());
        } else if (verdict instanceof AdmissionResult.TakeoverOrderAdmitted order) {
            witness.judge(order.event());
        } else {
            ignore(verdict, datagram.source(), Optional.empty());
        }
    }

    /** A packet that the kernel sorted out: not from a node, or from an Ethernet address that is not that node's. */
    void receiveForeign(Datagram datagram, MacAddress mac) {
        AdmissionResult verdict = examine(datagram);
        if (verdict instanceof AdmissionResult.Admitted admitted) {
            judgeForeign(admitted.event(), mac);
        } else if (verdict instanceof AdmissionResult.TakeoverOrderAdmitted order) {
            judgeForeign(order.event(), mac);
        } else {
            ignore(verdict, datagram.source(), Optional.of(mac));
        }
    }

    private AdmissionResult examine(Datagram datagram) {
        if (datagram.isSameAs(last)) {
            return lastVerdict;
        }
        AdmissionResult verdict =
                admission.examine(datagram.payload(), datagram.source(), datagram.destination(), datagram.hopLimit());
        if (verdict instanceof AdmissionResult.Admitted) {
            last = datagram.copy();
            lastVerdict = verdict;
        }
        return verdict;
    }

    private void ignore(AdmissionResult verdict, InetAddress source, Optional<MacAddress> mac) {
        if (verdict instanceof AdmissionResult.Stranger stranger) {
            counters.drop(stranger.reason(), source);
            conflicts.report(Conflict.Kind.VRRP, source, mac, stranger.advert().addresses());
        } else if (verdict instanceof AdmissionResult.Carp) {
            counters.drop(DropReason.CARP, source);
            conflicts.report(Conflict.Kind.CARP, source, mac, List.of());
        } else if (verdict instanceof AdmissionResult.Dropped dropped) {
            counters.drop(dropped.reason(), source);
            if (dropped.reason() == DropReason.PRIORITY_OWNER) {
                conflicts.report(Conflict.Kind.FORGERY, source, mac, List.of());
            }
        } else {
            throw new IllegalStateException("not to be ignored: " + verdict);
        }
    }

    /** A bond may send from another Ethernet address than it answers with: what the node's agent confirms is the node's. */
    private void judgeForeign(Event packet, MacAddress mac) {
        if (witness.confirms(packet)) {
            witness.judge(packet);
        } else {
            reportForeign(PeerWitness.sender(packet), mac);
        }
    }

    /** A node that has a new Ethernet address is found by the question; a forger is still elsewhere after a moment. */
    private void reportForeign(Peer name, MacAddress mac) {
        long now = context.clock().nanoTimeAwake();
        counters.drop(DropReason.FOREIGN_MAC, name.address());
        context.hosts().askWhereIs(name.name(), now);
        if (foreign.size() == MAX_FOREIGN) {
            foreign.clear();
        }
        Foreign seen = foreign.getOrDefault(mac, new Foreign(now, now)).again(now);
        foreign.put(mac, seen);
        if (now - seen.since() > SETTLING_NANOS) {
            conflicts.report(Conflict.Kind.FORGERY, name.address(), Optional.of(mac), List.of());
        }
    }
}
