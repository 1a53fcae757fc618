package io.jenkins.plugins.baton.agent.router.address;

import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netlink.AddressTable;
import io.jenkins.plugins.baton.agent.linux.netlink.AssignedAddress;
import io.jenkins.plugins.baton.agent.linux.netlink.Lifetime;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.cluster.Cidr;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The virtual addresses of one router on its interface, held by a lease: the kernel takes them away by itself when
 * nobody renews it, so a dead or frozen agent does not keep them.
 *
 * <p>Each is put there alone, as /32 or /128, whatever prefix length the cluster file gives it. With the subnet's it would
 * be the first or a later address of that subnet: the kernel takes the later ones of a subnet away together with the first
 * (promote_secondaries), and a first one that came before the node's own would leave the node without a route.
 */
public final class Addresses {

    /**
     * Seconds. The kernel counts whole seconds and lets its timer run up to one second late: a lease of 2 s that is
     * renewed every half second ends between 1.5 and 3 s after the last sign of life.
     */
    public static final long LEASE_SECONDS = 2;

    private final AddressTable table;
    private final List<Cidr> addresses;
    private final Map<Cidr, Integer> ownRemovals = new HashMap<>();
    /** Where they were put last: an interface that was renamed since then still has them. */
    private Optional<Link> leasedOn = Optional.empty();

    /** @param addresses of the cluster file */
    public Addresses(AddressTable table, List<Cidr> addresses) {
        this.table = table;
        this.addresses = addresses.stream().map(Cidr::address).map(Cidr::alone).toList();
    }

    /**
     * Whether a previous run left some of them. One that was left with another prefix length is taken off: it is not
     * the one that this router would add and remove.
     */
    public boolean adopt(Link link) throws LinuxException {
        boolean found = false;
        for (AssignedAddress assigned : table.addresses()) {
            Cidr there = assigned.address();
            if (assigned.linkIndex() != link.index()) {
                continue;
            }
            if (addresses.contains(there)) {
                found = true;
                leasedOn = Optional.of(link);
            } else if (addresses.stream().anyMatch(a -> a.address().equals(there.address()))) {
                table.removeAddressAlone(link, there);
            }
        }
        return found;
    }

    /** Adds what is missing and extends the lease of what is there. */
    public void lease(Link link) throws LinuxException {
        if (leasedOn.isEmpty() || leasedOn.get().index() != link.index()) {
            ownRemovals.clear(); // what is reported of another interface is not looked at any more
        }
        leasedOn = Optional.of(link);
        for (Cidr address : addresses) {
            table.replaceAddress(link, address, Lifetime.lease(address, LEASE_SECONDS));
        }
    }

    /** Removes them all, as far as possible, and then tells the first failure. */
    public void remove() throws LinuxException {
        if (leasedOn.isEmpty()) {
            return;
        }
        Link link = leasedOn.get();
        LinuxException failure = null;
        for (Cidr address : addresses) {
            try {
                if (table.removeAddress(link, address)) {
                    ownRemovals.merge(address, 1, Integer::sum);
                }
            } catch (LinuxException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Whether the removal that the kernel reports is of one of these, and not this router's own doing. */
    public boolean isLoss(AssignedAddress assigned) {
        Cidr removed = assigned.address();
        boolean here =
                leasedOn.filter(link -> link.index() == assigned.linkIndex()).isPresent();
        if (!here || !addresses.contains(removed)) {
            return false;
        }
        Integer expected = ownRemovals.remove(removed);
        if (expected == null) {
            return true;
        }
        if (expected > 1) {
            ownRemovals.put(removed, expected - 1);
        }
        return false;
    }

    /** The kernel's reports were lost: compare with what is there. Returns whether one of them is missing. */
    public boolean isAnyMissing(Link link) throws LinuxException {
        ownRemovals.clear();
        List<Cidr> there = table.addresses().stream()
                .filter(a -> a.linkIndex() == link.index())
                .map(AssignedAddress::address)
                .toList();
        return !there.containsAll(addresses);
    }

    public List<InetAddress> vips() {
        return addresses.stream().map(Cidr::address).toList();
    }

    public List<Cidr> list() {
        return addresses;
    }
}
