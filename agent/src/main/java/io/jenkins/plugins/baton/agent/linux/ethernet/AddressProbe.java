package io.jenkins.plugins.baton.agent.linux.ethernet;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.libc.Poller;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds out which hosts of the segment use addresses, without changing any neighbour's cache. */
public final class AddressProbe {
    /** PROBE_NUM of RFC 5227. */
    private static final int PROBES = 3;

    private AddressProbe() {}

    /**
     * Asks up to three times and waits until there is an answer for each address, blocking. This node itself does not
     * answer.
     *
     * @param timeout how long to wait in all; 300 ms is plenty on a segment, RFC 5227 would take 6 s
     * @return for each address that somebody uses, the Ethernet address of who answered first
     * @throws LinuxException {@code ENETDOWN} when the interface is down, {@code EPERM} without CAP_NET_RAW
     */
    public static Map<InetAddress, MacAddress> users(Collection<InetAddress> addresses, Link link, Duration timeout)
            throws LinuxException {
        Map<Boolean, List<InetAddress>> byFamily =
                addresses.stream().collect(Collectors.partitioningBy(Inet4Address.class::isInstance));
        Map<InetAddress, MacAddress> users = new HashMap<>();
        users.putAll(ask(byFamily.get(true), ArpFrame.ETHERTYPE_ARP, link, timeout));
        users.putAll(ask(byFamily.get(false), Icmpv6Frame.ETHERTYPE_IPV6, link, timeout));
        return users;
    }

    private static Map<InetAddress, MacAddress> ask(
            List<InetAddress> addresses, int etherType, Link link, Duration timeout) throws LinuxException {
        Map<InetAddress, MacAddress> users = new HashMap<>();
        if (addresses.isEmpty()) {
            return users;
        }
        try (PacketSocket socket = PacketSocket.receiving(link, etherType)) {
            Poller poller = new Poller();
            poller.add(socket);
            for (int i = 0; i < PROBES && !users.keySet().containsAll(addresses); i++) {
                for (InetAddress address : addresses) {
                    if (!users.containsKey(address)) {
                        socket.send(link, question(link.mac(), address));
                    }
                }
                long deadline = System.nanoTime() + timeout.toNanos() / PROBES;
                while (!users.keySet().containsAll(addresses) && poller.await(deadline - System.nanoTime())) {
                    socket.receive().ifPresent(frame -> note(frame, addresses, link, users));
                }
            }
            return users;
        }
    }

    private static void note(byte[] frame, List<InetAddress> addresses, Link link, Map<InetAddress, MacAddress> users) {
        for (InetAddress address : addresses) {
            answerer(frame, address)
                    .filter(mac -> !mac.equals(link.mac()))
                    .ifPresent(mac -> users.putIfAbsent(address, mac));
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
