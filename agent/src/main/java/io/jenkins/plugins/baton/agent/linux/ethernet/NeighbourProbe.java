package io.jenkins.plugins.baton.agent.linux.ethernet;

import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.accept;
import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.equal;
import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.half;
import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.octet;
import static io.jenkins.plugins.baton.agent.linux.libc.SocketFilter.refuse;

import io.jenkins.plugins.baton.agent.linux.libc.ForwardingPollable;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Poller;
import io.jenkins.plugins.baton.agent.linux.libc.SocketFilter;
import io.jenkins.plugins.baton.agent.linux.libc.SocketMessage;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks hosts of one link whether they are there, by ARP or neighbour discovery: their kernels answer, whatever their
 * programs do, and no firewall is between. Never blocks; replies make it readable for a {@link Poller}.
 */
public final class NeighbourProbe extends ForwardingPollable<PacketSocket> {
    private static final SocketFilter ARP_REPLIES = new SocketFilter(half(20), equal(2, 0, 1), accept(), refuse());

    /** Without extension headers before them (RFC 6980 forbids fragments); else all of the node's IPv6 would be copied. */
    private static final SocketFilter NEIGHBOUR_ADVERTISEMENTS =
            new SocketFilter(octet(20), equal(58, 0, 3), octet(54), equal(136, 0, 1), accept(), refuse());

    private final Link link;
    /** What was asked last, by host: most questions are asked again and again. */
    private final Map<InetAddress, Question> questions = new HashMap<>();

    private record Question(InetAddress own, MacAddress mac, SocketMessage frame) {}

    private final Function<byte[], Optional<Answer>> reader;

    /**
     * A host that answered.
     *
     * @param mac where the answer came from
     */
    public record Answer(InetAddress address, MacAddress mac) {}

    private NeighbourProbe(Link link, PacketSocket socket, Function<byte[], Optional<Answer>> reader) {
        super(socket);
        this.link = link;
        this.reader = reader;
    }

    /**
     * @param link an Ethernet one, as it is now
     * @throws LinuxException {@code EPERM} without CAP_NET_RAW
     */
    public static NeighbourProbe open(Link link, boolean ipv6) throws LinuxException {
        PacketSocket socket = ipv6
                ? PacketSocket.receiving(link, Icmpv6Frame.ETHERTYPE_IPV6, NEIGHBOUR_ADVERTISEMENTS)
                : PacketSocket.receiving(link, ArpFrame.ETHERTYPE_ARP, ARP_REPLIES);
        return new NeighbourProbe(link, socket, ipv6 ? NeighbourAdvertisement::answer : ArpFrame::answer);
    }

    /**
     * @param own this node's address on the link
     * @param host the address in question, of the same family
     * @param mac where it was last; {@link MacAddress#BROADCAST} asks the whole segment
     */
    public void ask(InetAddress own, InetAddress host, MacAddress mac) throws LinuxException {
        Question before = questions.get(host);
        if (before == null || !before.mac.equals(mac) || !before.own.equals(own)) {
            before = new Question(own, mac, PacketSocket.message(link, frame(own, host, mac)));
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
        return socket.receiveFirst(reader);
    }
}
