package io.jenkins.plugins.baton.agent.linux.vrrp;

import io.jenkins.plugins.baton.agent.linux.ethernet.PacketSocket;
import io.jenkins.plugins.baton.agent.linux.libc.ForwardingPollable;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sees the probes that an interface receives and sends: what comes in before any firewall of this host, what goes out
 * after it. Never blocks.
 */
public final class ProbeTap extends ForwardingPollable<PacketSocket> {

    private ProbeTap(PacketSocket socket) {
        super(socket);
    }

    /** @throws LinuxException {@code EPERM} without CAP_NET_RAW, {@code ENODEV} when the interface is gone */
    public static ProbeTap open(Link link) throws LinuxException {
        return new ProbeTap(PacketSocket.receivingPackets(link, ProbeFilters.PACKETS));
    }

    /** Whether there was a packet; it may be another trial's, then it is left out. */
    public boolean receive(int token, Consumer<ProbePacket> probes) throws LinuxException {
        Optional<byte[]> packet = socket.receive();
        packet.flatMap(bytes -> ProbePacket.read(bytes, token)).ifPresent(probes);
        return packet.isPresent();
    }
}
