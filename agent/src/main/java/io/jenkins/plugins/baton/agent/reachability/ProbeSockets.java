package io.jenkins.plugins.baton.agent.reachability;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.vrrp.Datagram;
import io.jenkins.plugins.baton.agent.linux.vrrp.ProbePacket;
import io.jenkins.plugins.baton.agent.linux.vrrp.ProbePacket.Protocol;
import io.jenkins.plugins.baton.agent.linux.vrrp.ProbeTap;
import io.jenkins.plugins.baton.agent.linux.vrrp.VrrpSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All sockets of one interface, and what they have heard. One thread. */
final class ProbeSockets implements AutoCloseable {
    private final int token;
    private final ProbeTap tap;
    private final List<ProbeSocket> sockets = new ArrayList<>();
    private final Set<ProbePacket> seen = new LinkedHashSet<>();
    private final Set<ProbePacket> passed = new LinkedHashSet<>();

    private record ProbeSocket(Protocol protocol, boolean ipv6, VrrpSocket socket) {}

    ProbeSockets(Link link, int token) throws LinuxException {
        this.token = token;
        this.tap = ProbeTap.open(link);
        try {
            for (boolean ipv6 : new boolean[] {false, true}) {
                for (Protocol protocol : Protocol.values()) {
                    sockets.add(new ProbeSocket(protocol, ipv6, VrrpSocket.forProbes(link, ipv6, protocol)));
                }
            }
        } catch (LinuxException e) {
            if (sockets.isEmpty()) {
                close();
                throw e;
            }
            // A kernel without IPv6: what would be sent over it is not tried here.
        }
    }

    /** Sends one; what is refused has met this host's own firewall, or has no way out. */
    void send(ProbePacket probe) throws LinuxException {
        for (ProbeSocket probeSocket : sockets) {
            if (probeSocket.protocol == probe.protocol() && probeSocket.ipv6 == probe.isIpv6()) {
                probeSocket.socket.send(ByteBuffer.wrap(probe.payload(token)), probe.source(), probe.destination());
            }
        }
    }

    /** Takes everything that has come until now. */
    void drain() throws LinuxException {
        while (tap.receive(token, seen::add)) {
            // one after the other
        }
        for (ProbeSocket probeSocket : sockets) {
            Optional<Datagram> datagram = probeSocket.socket.receive();
            while (datagram.isPresent()) {
                ProbePacket.read(probeSocket.protocol, datagram.get(), token).ifPresent(passed::add);
                datagram = probeSocket.socket.receive();
            }
        }
    }

    /** Those that the interface saw, in or out. */
    Set<ProbePacket> seen() {
        return seen;
    }

    /** Those that passed this host's firewall. */
    Set<ProbePacket> passed() {
        return passed;
    }

    @Override
    public void close() {
        tap.close();
        sockets.forEach(probeSocket -> probeSocket.socket.close());
    }
}
