package io.jenkins.plugins.baton.agent.linux;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/** Finds out whether somebody else on the segment uses an address, without changing any neighbour's cache. */
public final class AddressProbe {
    /** PROBE_NUM of RFC 5227. */
    private static final int PROBES = 3;

    private AddressProbe() {}

    /**
     * Asks three times and waits for an answer, blocking. This node itself does not answer.
     *
     * @param patience how long to wait for an answer in all; 300 ms is plenty on a segment, RFC 5227 would take 6 s
     * @return the Ethernet address of the first that answered
     * @throws LinuxException {@code ENETDOWN} when the interface is down, {@code EPERM} without CAP_NET_RAW
     */
    public static Optional<MacAddress> whoUses(InetAddress address, Link link, Duration patience)
            throws LinuxException {
        int etherType = address instanceof Inet4Address ? ArpFrame.ETHERTYPE_ARP : Icmpv6Frame.ETHERTYPE_IPV6;
        try (PacketSocket socket = PacketSocket.receiving(link, etherType)) {
            Poller poller = new Poller();
            poller.add(socket);
            for (int i = 0; i < PROBES; i++) {
                socket.send(link, question(link.mac(), address));
                long deadline = System.nanoTime() + patience.toNanos() / PROBES;
                while (poller.await(deadline - System.nanoTime())) {
                    Optional<MacAddress> user = socket.receive()
                            .flatMap(frame -> answerer(frame, address))
                            .filter(mac -> !mac.equals(link.mac()));
                    if (user.isPresent()) {
                        return user;
                    }
                }
            }
            return Optional.empty();
        }
    }

    private static byte[] question(MacAddress mac, InetAddress address) {
        return address instanceof Inet4Address ipv4
                ? ArpFrame.probe(mac, ipv4)
                : NeighbourSolicitation.probe(mac, (Inet6Address) address);
    }

    private static Optional<MacAddress> answerer(byte[] frame, InetAddress address) {
        return address instanceof Inet4Address ipv4
                ? ArpFrame.claimant(frame, ipv4)
                : NeighbourAdvertisement.sender(frame, (Inet6Address) address);
    }
}
