package io.jenkins.plugins.baton.agent.linux.ethernet;

import io.jenkins.plugins.baton.agent.linux.libc.ForwardingPollable;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Poller;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Optional;

/**
 * Hears who else on a link says that addresses of this node are his, and asks for such a one: a host that has the same address,
 * or a forger. Never blocks; a claim makes it readable for a {@link Poller}.
 */
public final class AddressClaims extends ForwardingPollable<PacketSocket> {
    private static final int MAX_FRAME = 256;
    private static final int RECEIVE_BUFFER = 32 * 1024;
    private static final int ARP_SENDER = 22;
    private static final int ARP_SENDER_ADDRESS = 28;
    private static final int ETHERNET_SOURCE = 6;
    private static final int NEXT_HEADER = 14 + 6;
    private static final int ICMPV6 = 58;
    private static final int NEIGHBOUR_ADVERTISEMENT = 136;
    private static final int TARGET = Icmpv6Frame.OFFSET_MESSAGE + 8;

    private final Link link;

    private AddressClaims(PacketSocket socket, Link link) {
        super(socket);
        this.link = link;
    }

    /**
     * @param link an Ethernet one, as it is now
     * @throws LinuxException {@code EPERM} without CAP_NET_RAW
     */
    public static AddressClaims open(Link link, boolean ipv6, Collection<InetAddress> addresses) throws LinuxException {
        FilterProgram filter = filter(addresses, ipv6, link.mac());
        int etherType = ipv6 ? Icmpv6Frame.ETHERTYPE_IPV6 : ArpFrame.ETHERTYPE_ARP;
        return new AddressClaims(PacketSocket.receiving(link, etherType, filter, MAX_FRAME, RECEIVE_BUFFER), link);
    }

    /** ARP of any operation that has one of these for its sender, or an advertisement for one of them; but not this node's. */
    private static FilterProgram filter(Collection<InetAddress> addresses, boolean ipv6, MacAddress own) {
        FilterProgram program = new FilterProgram();
        int refuse = program.label();
        int named = program.label();
        if (ipv6) {
            program.octet(NEXT_HEADER)
                    .unlessEqual(ICMPV6, refuse)
                    .octet(Icmpv6Frame.OFFSET_MESSAGE)
                    .unlessEqual(NEIGHBOUR_ADVERTISEMENT, refuse);
        }
        addresses.forEach(address -> program.ifAddress(ipv6 ? TARGET : ARP_SENDER_ADDRESS, address, named));
        return program.jump(refuse)
                .at(named)
                .ifMac(ipv6 ? ETHERNET_SOURCE : ARP_SENDER, own, refuse)
                .accept()
                .at(refuse)
                .refuse();
    }

    /** Asks who else has the address, without changing any neighbour's cache (RFC 5227, RFC 4862 section 5.4.2). */
    public void ask(InetAddress address) throws LinuxException {
        socket.send(
                link,
                address instanceof Inet4Address ipv4
                        ? ArpFrame.probe(link.mac(), ipv4)
                        : NeighbourSolicitation.probe(link.mac(), (Inet6Address) address));
    }

    /** The next claim; empty when there is none. */
    public Optional<NeighbourProbe.Answer> receive() throws LinuxException {
        return socket.receiveFirst(frame -> ArpFrame.claim(frame).or(() -> NeighbourAdvertisement.answer(frame)));
    }
}
