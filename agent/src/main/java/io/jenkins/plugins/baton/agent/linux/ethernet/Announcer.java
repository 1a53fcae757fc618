package io.jenkins.plugins.baton.agent.linux.ethernet;

import io.jenkins.plugins.baton.agent.linux.host.Sysctl;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/** Tells the segment that an address is at this node now: gratuitous ARP, unsolicited neighbour advertisements. */
public final class Announcer implements Announcements, AutoCloseable {
    private final PacketSocket socket;

    private Announcer(PacketSocket socket) {
        this.socket = socket;
    }

    /** @throws LinuxException {@code EPERM} without CAP_NET_RAW */
    public static Announcer open() throws LinuxException {
        // Reading a file for the first time loads dozens of classes: 45 ms on a busy machine, which a takeover has not.
        forwards("lo");
        return new Announcer(PacketSocket.sending());
    }

    /**
     * Announces once: IPv4 by a request and a reply, because some hosts learn only from one of them; IPv6 by one
     * advertisement. On a link that is not Ethernet there is nobody to tell and nothing happens.
     *
     * @throws LinuxException {@code ENETDOWN} when the interface is down, {@code ENXIO} when it is gone
     */
    @Override
    public void announce(Link link, InetAddress address) throws LinuxException {
        if (!link.isEthernet()) {
            return;
        }
        if (address instanceof Inet4Address ipv4) {
            socket.send(link, ArpFrame.gratuitousRequest(link.mac(), ipv4));
            socket.send(link, ArpFrame.gratuitousReply(link.mac(), ipv4));
        } else if (address instanceof Inet6Address ipv6) {
            socket.send(link, NeighbourAdvertisement.unsolicited(link.mac(), ipv6, forwards(link.name())));
        }
    }

    private static boolean forwards(String linkName) {
        try {
            return Sysctl.of("net", "ipv6", "conf", linkName, "forwarding")
                    .read()
                    .equals("1");
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
