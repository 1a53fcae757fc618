package io.jenkins.plugins.baton.agent.handover;

import io.jenkins.plugins.baton.agent.linux.host.ArpIgnore;
import io.jenkins.plugins.baton.agent.linux.host.Clock;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netlink.AddressTable;
import io.jenkins.plugins.baton.agent.linux.netlink.Lifetime;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.linux.netlink.OpenConnections;
import io.jenkins.plugins.baton.agent.linux.netlink.Rtnetlink;
import io.jenkins.plugins.baton.cluster.Cidr;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a VIP local after it has left the interface: on {@code lo}, where nobody on the segment sees it. The connections
 * that this host has at the VIP go on by it, and a client that has not heard of the move yet still finds a listener.
 *
 * <p>Each is a lease, renewed while there is a connection; so an agent that is killed leaves none behind for longer than
 * that. Safe for any thread.
 */
public final class LingeringVips implements AutoCloseable {
    /** At first, and with each renewal; the kernel may let it live a second longer. */
    static final long LEASE_SECONDS = 3;

    private static final Logger LOG = LoggerFactory.getLogger("baton");
    private static final String LOOPBACK = "lo";

    private final AddressTable table;
    private final Link loopback;
    private final HostState host;
    private final Clock clock;

    private final Map<Cidr, Lease> leases = new HashMap<>();

    /** Whether the kernel did not answer the last question for connections. */
    private boolean unanswered;

    /**
     * @param interfaceName where the address was
     * @param end on the boot clock
     * @param heard how often in a row ARP on the interface would have answered for it
     */
    private record Lease(String interfaceName, long end, int heard) {}

    /** What decides whether an address may stay. */
    public interface HostState extends AutoCloseable {
        /** Whether there is a connection whose own end has this address. */
        boolean hasConnectionAt(InetAddress vip) throws LinuxException;

        /** Whether ARP on the interface answers for no address of another one. */
        boolean ignoresArpOn(String interfaceName) throws IOException;

        @Override
        void close();
    }

    /** @param loopback the interface on which the addresses stay */
    public LingeringVips(AddressTable table, Link loopback, HostState host, Clock clock) {
        this.table = table;
        this.loopback = loopback;
        this.host = host;
        this.clock = clock;
    }

    public static LingeringVips open() throws IOException {
        Rtnetlink rtnetlink = Rtnetlink.open();
        try {
            Link loopback =
                    rtnetlink.link(LOOPBACK).orElseThrow(() -> new IOException("There is no interface " + LOOPBACK));
            return new LingeringVips(rtnetlink, loopback, host(rtnetlink, OpenConnections.open()), Clock.BOOT);
        } catch (IOException e) {
            rtnetlink.close();
            throw e;
        }
    }

    private static HostState host(Rtnetlink rtnetlink, OpenConnections connections) {
        return new HostState() {
            @Override
            public boolean hasConnectionAt(InetAddress vip) throws LinuxException {
                return connections.existAt(vip);
            }

            @Override
            public boolean ignoresArpOn(String interfaceName) throws IOException {
                return ArpIgnore.isKept(interfaceName);
            }

            @Override
            public void close() {
                connections.close();
                rtnetlink.close();
            }
        };
    }

    /**
     * Keeps the addresses, which are about to leave the interface or have just left it. Not where ARP on the interface
     * would answer for an address of {@code lo}: that would be two holders of one VIP.
     */
    public synchronized void keep(String interfaceName, Collection<Cidr> vips) {
        for (Cidr vip : vips) {
            try {
                if (vip.isIpv6() || host.ignoresArpOn(interfaceName)) {
                    lease(Cidr.alone(vip.address()), interfaceName);
                }
            } catch (IOException e) {
                LOG.warn("{}; sessions to {} are lost with this move", e.getMessage(), vip);
            }
        }
    }

    private void lease(Cidr vip, String interfaceName) throws LinuxException {
        table.replaceAddress(loopback, vip, Lifetime.lease(vip, LEASE_SECONDS));
        long end = clock.nanoTime() + TimeUnit.SECONDS.toNanos(LEASE_SECONDS);
        leases.put(vip, new Lease(interfaceName, end, 0));
    }

    /** The interface has them again; what is on {@code lo} expires by itself. */
    public synchronized void forget(Collection<Cidr> vips) {
        vips.forEach(vip -> leases.remove(Cidr.alone(vip.address())));
    }

    /** Whether there is nothing to renew. */
    public synchronized boolean isEmpty() {
        return leases.isEmpty();
    }

    /** Renews what is in use; to be called some times a second. */
    public synchronized void renew() {
        if (leases.isEmpty()) {
            return;
        }
        for (Map.Entry<Cidr, Lease> entry : Map.copyOf(leases).entrySet()) {
            Cidr vip = entry.getKey();
            Lease lease = entry.getValue();
            boolean over = clock.nanoTime() - lease.end() > 0;
            try {
                if (isHeard(vip, lease)) {
                    mute(vip, lease);
                } else if (isInUse(vip)) {
                    lease(vip, lease.interfaceName());
                } else if (over) {
                    leases.remove(vip);
                }
            } catch (IOException e) { // until the lease is over the next attempt comes in time
                if (over) {
                    leases.remove(vip);
                    LOG.warn("{}; sessions to {} are lost", e.getMessage(), vip);
                }
            }
        }
    }

    /** An interface that was made anew answers ARP for all addresses of the host, as long as nobody forbids it again. */
    private boolean isHeard(Cidr vip, Lease lease) throws IOException {
        return !vip.isIpv6() && !host.ignoresArpOn(lease.interfaceName());
    }

    /** Two holders of one VIP are worse than broken sessions; the first time the rules may be about to put it right. */
    private void mute(Cidr vip, Lease lease) throws LinuxException {
        if (lease.heard() == 0) {
            leases.put(vip, new Lease(lease.interfaceName(), lease.end(), 1));
            return;
        }
        leases.remove(vip);
        LOG.warn("arp_ignore of {} could not be kept; sessions to {} are lost", lease.interfaceName(), vip);
        table.removeAddress(loopback, vip);
    }

    /** As long as the kernel does not say, there may be connections. */
    private boolean isInUse(Cidr vip) {
        try {
            boolean inUse = host.hasConnectionAt(vip.address());
            unanswered = false;
            return inUse;
        } catch (LinuxException e) {
            if (!unanswered) {
                LOG.warn("{}; {} stays on {} until this succeeds", e.getMessage(), vip, LOOPBACK);
            }
            unanswered = true;
            return true;
        }
    }

    /** Takes away what is left. */
    @Override
    public synchronized void close() {
        for (Cidr vip : leases.keySet()) {
            try {
                table.removeAddress(loopback, vip);
            } catch (LinuxException e) {
                LOG.warn("{}; the kernel removes it within {} s", e.getMessage(), LEASE_SECONDS + 1);
            }
        }
        leases.clear();
        host.close();
    }
}
