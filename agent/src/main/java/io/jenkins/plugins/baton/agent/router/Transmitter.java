package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.linux.LinuxException;
import io.jenkins.plugins.baton.agent.vrrp.Advertisement;
import io.jenkins.plugins.baton.agent.vrrp.Codec;
import io.jenkins.plugins.baton.agent.vrrp.Group;
import io.jenkins.plugins.baton.agent.vrrp.Peer;
import io.jenkins.plugins.baton.agent.vrrp.Settings;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import java.net.InetAddress;
import java.util.List;

/** Puts the packets of one router on the wire, to the group or to every peer. */
record Transmitter(Segment segment, VirtualRouter.Checksum checksum, Group group, Settings settings) {

    /** Sends to all; a peer that cannot be reached does not keep the others from hearing it. */
    void advertise(int priority) throws LinuxException {
        Advertisement advert = group.packet(Advertisement.Type.ADVERTISEMENT, priority);
        LinuxException failure = null;
        for (InetAddress destination : destinations()) {
            try {
                send(advert, destination);
            } catch (LinuxException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    void order(Peer target) throws LinuxException {
        send(group.packet(Advertisement.Type.ORDER, settings.priority()), target.address());
    }

    private List<InetAddress> destinations() {
        if (group.unicast()) {
            return settings.peers().stream().map(Peer::address).toList();
        }
        return List.of(segment.place().ipv6() ? Group.MULTICAST_IPV6 : Group.MULTICAST_IPV4);
    }

    private void send(Advertisement packet, InetAddress destination) throws LinuxException {
        segment.send(Codec.encode(packet, checksum, settings.address(), destination), settings.address(), destination);
    }
}
