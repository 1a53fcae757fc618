package io.jenkins.plugins.baton.agent.linux.ethernet;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Pollable;
import io.jenkins.plugins.baton.agent.linux.libc.Poller;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Asks hosts of one link whether they are there, by ARP or neighbour discovery: their kernels answer, whatever their
 * programs do, and no firewall is between. Never blocks; replies make it readable for a {@link Poller}.
 */
public final class NeighbourProbe implements Pollable {
    private final Link link;
    private final PacketSocket socket;
    /** What was asked last, by host: most questions are asked again and again. */
    private final Map<InetAddress, Question> questions = new HashMap<>();

    private record Question(InetAddress own, MacAddress mac, byte[] frame) {}

    /**
     * A host that answered.
     *
     * @param mac where the answer came from
     */
    public record Answer(InetAddress address, MacAddress mac) {}

    private NeighbourProbe(Link link, PacketSocket socket) {
        this.link = link;
        this.socket = socket;
    }

    /**
     * @param link an Ethernet one, as it is now
     * @throws LinuxException {@code EPERM} without CAP_NET_RAW
     */
    public static NeighbourProbe open(Link link, boolean ipv6) throws LinuxException {
        PacketSocket socket = ipv6
                ? PacketSocket.receiving(link, Icmpv6Frame.ETHERTYPE_IPV6, FrameFilter.NEIGHBOUR_ADVERTISEMENTS)
                : PacketSocket.receiving(link, ArpFrame.ETHERTYPE_ARP, FrameFilter.ARP_REPLIES);
        return new NeighbourProbe(link, socket);
    }

    /**
     * @param own this node's address on the link
     * @param host the address in question, of the same family
     * @param mac where it was last; {@link MacAddress#BROADCAST} asks the whole segment
     */
    public void ask(InetAddress own, InetAddress host, MacAddress mac) throws LinuxException {
        Question before = questions.get(host);
        if (before == null || !before.mac.equals(mac) || !before.own.equals(own)) {
            before = new Question(own, mac, frame(own, host, mac));
            questions.put(host, before);
        }
        socket.send(link, before.frame);
    }

    private byte[] frame(InetAddress own, InetAddress host, MacAddress mac) {
        return host instanceof Inet4Address ipv4
                ? ArpFrame.request(link.mac(), (Inet4Address) own, mac, ipv4)
                : NeighbourSolicitation.request(link.mac(), (Inet6Address) own, mac, (Inet6Address) host);
    }

    /** The next answer; empty when there is none. Frames that are none are passed over. */
    public Optional<Answer> receive() throws LinuxException {
        return socket.receiveFirst(frame -> ArpFrame.answer(frame).or(() -> NeighbourAdvertisement.answer(frame)));
    }

    @Override
    public int descriptor() {
        return socket.descriptor();
    }

    @Override
    public void close() {
        socket.close();
    }
}
