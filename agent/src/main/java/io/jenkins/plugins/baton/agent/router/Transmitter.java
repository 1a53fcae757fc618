package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.router.segment.Wire;
import io.jenkins.plugins.baton.agent.vrrp.Peer;
import io.jenkins.plugins.baton.agent.vrrp.Settings;
import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement;
import io.jenkins.plugins.baton.agent.vrrp.packet.Codec;
import io.jenkins.plugins.baton.agent.vrrp.packet.Group;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts the packets of one router on the wire, to the group or to every peer. */
final class Transmitter {
    private final Wire segment;
    private final VirtualRouter.Checksum checksum;
    private final Group group;
    private final Settings settings;
    private final List<InetAddress> destinations;

    /** The last advert to the group, which the next one repeats. */
    private ByteBuffer advert = ByteBuffer.allocate(0);

    private int advertised = -1;

    Transmitter(Wire segment, VirtualRouter.Checksum checksum, Group group, Settings settings) {
        this.segment = segment;
        this.checksum = checksum;
        this.group = group;
        this.settings = settings;
        this.destinations = group.unicast()
                ? settings.peers().stream().map(Peer::address).toList()
                : List.of(segment.place().ipv6() ? Group.MULTICAST_IPV6 : Group.MULTICAST_IPV4);
    }

    /**
     * @return why some of the peers cannot be told
     * @throws LinuxException when nobody can
     */
    Optional<LinuxException> advertise(int priority) throws LinuxException {
        if (!group.unicast()) {
            repeat(priority);
            return Optional.empty();
        }
        return sendToAll(group.packet(Advertisement.Type.ADVERTISEMENT, priority), destinations);
    }

    /**
     * Sends by the way of the adverts what nobody heeds.
     *
     * @throws LinuxException when an advert would not go out either
     */
    void trySending() throws LinuxException {
        sendToAll(group.trial(), destinations);
    }

    void sendTakeoverOrder(Peer target) throws LinuxException {
        send(group.packet(Advertisement.Type.TAKEOVER_ORDER, settings.priority()), target.address());
    }

    /**
     * Asks every peer to take over; the next in line is first to do so. Keepalived, which understands adverts alone, reads
     * what is sent to its own address in unicast groups only, and complains: there only agents are asked.
     *
     * @param agents the nodes that are known to run one
     */
    void seekSuccessor(Set<String> agents) throws LinuxException {
        sendToAll(
                group.packet(Advertisement.Type.TAKEOVER_ORDER, 0),
                settings.peers().stream()
                        .filter(p -> !group.unicast() || agents.contains(p.name()))
                        .map(Peer::address)
                        .toList());
    }

    private void repeat(int priority) throws LinuxException {
        InetAddress destination = destinations.get(0);
        if (advertised != priority) {
            Advertisement packet = group.packet(Advertisement.Type.ADVERTISEMENT, priority);
            advert = Codec.encode(packet, checksum, settings.address(), destination);
            advertised = priority;
        }
        segment.send(advert, settings.address(), destination);
    }

    /** A peer that cannot be reached does not keep the others from hearing it. */
    private Optional<LinuxException> sendToAll(Advertisement packet, List<InetAddress> destinations)
            throws LinuxException {
        LinuxException failure = null;
        int sent = 0;
        for (InetAddress destination : destinations) {
            try {
                send(packet, destination);
                sent++;
            } catch (LinuxException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null && sent == 0) {
            throw failure;
        }
        return Optional.ofNullable(failure);
    }

    private void send(Advertisement packet, InetAddress destination) throws LinuxException {
        segment.send(Codec.encode(packet, checksum, settings.address(), destination), settings.address(), destination);
    }
}
