package io.jenkins.plugins.baton.agent.vrrp;

import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement;
import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement.Type;
import io.jenkins.plugins.baton.agent.vrrp.packet.Codec;
import io.jenkins.plugins.baton.agent.vrrp.packet.DropReason;
import io.jenkins.plugins.baton.agent.vrrp.packet.Group;
import io.jenkins.plugins.baton.agent.vrrp.packet.MalformedPacketException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Lets in what a router may believe (RFC 3768 and RFC 9568 section 7.1) and names why it ignores the rest. Immutable.
 */
public final class Admission {
    /**
     * RFC 9568 section 5.2.4: of a router whose own address the virtual one is. A cluster file cannot say so, and keepalived
     * with it could not be a peer; a forger would hold the addresses off every node with it.
     */
    private static final int ADDRESS_OWNER = 255;

    private final Group group;
    private final Settings settings;
    private final Set<InetAddress> addresses;
    private final Map<InetAddress, Peer> peers = new HashMap<>();

    public Admission(Group group, Settings settings) {
        this.group = group;
        this.settings = settings;
        this.addresses = new HashSet<>(group.addresses());
        settings.peers().forEach(p -> peers.put(p.address(), p));
    }

    /**
     * @param packet from position to limit, as it came after the IP header; stays as it is
     * @param hopLimit TTL or hop limit as it arrived
     */
    public AdmissionResult examine(ByteBuffer packet, InetAddress source, InetAddress destination, int hopLimit) {
        if (packet.remaining() >= Codec.HEADER && Codec.virtualRouterId(packet) != group.virtualRouterId()) {
            return new AdmissionResult.Dropped(DropReason.WRONG_VRID);
        }
        // GTSM. Unicast peers may stand behind a router; keepalived does not look at theirs either.
        if (hopLimit != 255 && (destination.isMulticastAddress() || !group.unicast())) {
            return new AdmissionResult.Dropped(DropReason.BAD_TTL);
        }
        if (Codec.isCarp(packet)) {
            return new AdmissionResult.Carp();
        }
        try {
            return examine(Codec.decode(packet, source, destination), source, destination);
        } catch (MalformedPacketException e) {
            return new AdmissionResult.Dropped(e.reason());
        }
    }

    private AdmissionResult examine(Advertisement advert, InetAddress source, InetAddress destination) {
        if (source.equals(settings.address())) {
            return new AdmissionResult.Dropped(DropReason.OWN_ADDRESS);
        }
        Peer peer = peers.get(source);
        if (peer == null) {
            return new AdmissionResult.Stranger(advert);
        }
        if (advert.priority() == ADDRESS_OWNER) {
            return new AdmissionResult.Dropped(DropReason.PRIORITY_OWNER);
        }
        DropReason disagreement = disagreement(advert);
        if (disagreement != null) {
            return new AdmissionResult.Dropped(disagreement);
        }
        if (advert.type() == Type.ADVERTISEMENT) {
            return new AdmissionResult.Admitted(new Event.Heard(peer, advert));
        }
        if (destination.isMulticastAddress()) {
            return new AdmissionResult.Dropped(DropReason.BAD_TYPE);
        }
        return new AdmissionResult.TakeoverOrderAdmitted(
                advert.priority() == 0 ? new Event.TakeoverRequested(peer) : new Event.TakeoverOrdered(peer));
    }

    /** Null when there is none. */
    private DropReason disagreement(Advertisement advert) {
        if (advert.version() != group.version()) {
            return DropReason.BAD_VERSION;
        }
        if (advert.authentication().type() != group.authentication().type()) {
            return DropReason.AUTHENTICATION_TYPE;
        }
        // Without authentication the octets mean nothing (RFC 3768 section 5.3.10).
        if (group.authentication().type() != 0 && !advert.authentication().equals(group.authentication())) {
            return DropReason.AUTHENTICATION_PASSWORD;
        }
        if (advert.addresses().size() != addresses.size() || !addresses.containsAll(advert.addresses())) {
            return DropReason.ADDRESS_LIST_MISMATCH;
        }
        boolean sameInterval = advert.intervalNanos() == group.intervalNanos();
        return sameInterval || (advert.version() == 3 && advert.intervalNanos() > 0)
                ? null
                : DropReason.INTERVAL_MISMATCH;
    }
}
