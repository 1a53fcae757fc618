package io.jenkins.plugins.baton.agent.linux.netlink;

import io.jenkins.plugins.baton.agent.linux.host.Sysctl;
import io.jenkins.plugins.baton.agent.linux.libc.Errno;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.cluster.Cidr;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads and changes links and addresses of a network namespace. Every call is a conversation with the kernel that
 * ends with its acknowledgement; it takes tens of microseconds, and waits while somebody else holds the kernel's
 * {@code rtnl} lock.
 */
public final class Rtnetlink implements AddressTable, AutoCloseable {
    private final NetlinkSession kernel;
    /** What was added or renewed last, where, and the words for that. */
    private Cidr renewed;

    private String renewedOn = "";
    private String adding = "";

    private Rtnetlink(NetlinkSession kernel) {
        this.kernel = kernel;
    }

    public static Rtnetlink open() throws LinuxException {
        return new Rtnetlink(NetlinkSession.open(NetlinkSocket.ROUTE));
    }

    public List<Link> links() throws LinuxException {
        List<Link> links = new ArrayList<>();
        kernel.ask("list the interfaces", LinkMessage.getAll(), links::clear, message -> {
            if (message.type() == LinkMessage.NEW) {
                LinkMessage.read(message).ifPresent(links::add);
            }
        });
        return links;
    }

    /** Empty when there is no interface of that name. */
    public Optional<Link> link(String name) throws LinuxException {
        List<Link> links = new ArrayList<>();
        try {
            kernel.ask("look up interface " + name, LinkMessage.get(name), links::clear, message -> {
                if (message.type() == LinkMessage.NEW) {
                    LinkMessage.read(message).ifPresent(links::add);
                }
            });
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENODEV && e.errno() != Errno.ERANGE) { // ERANGE: longer than a name can be
                throw e;
            }
        }
        return links.stream().findFirst();
    }

    /** All addresses of all interfaces. */
    @Override
    public List<AssignedAddress> addresses() throws LinuxException {
        List<AssignedAddress> addresses = new ArrayList<>();
        kernel.ask("list the addresses", AddressMessage.getAll(), addresses::clear, message -> {
            if (message.type() == AddressMessage.NEW) {
                AddressMessage.read(message).ifPresent(addresses::add);
            }
        });
        return addresses;
    }

    /** Who the kernel knows on a link, of both families, with the Ethernet addresses that it uses for them now. */
    public List<Neighbour> neighbours(Link link) throws LinuxException {
        List<Neighbour> neighbours = new ArrayList<>();
        kernel.ask(
                "list the neighbours on " + link.name(),
                NeighbourMessage.getAll(link.index()),
                neighbours::clear,
                message -> NeighbourMessage.read(message, link.index()).ifPresent(neighbours::add));
        return neighbours;
    }

    /** @throws LinuxException {@code EEXIST} when the interface has it already */
    public void addAddress(Link link, Cidr address, Lifetime lifetime) throws LinuxException {
        kernel.exchange(
                adding(link, address),
                AddressMessage.assign(link.index(), address, lifetime, NetlinkRequest.FLAG_EXCLUSIVE),
                message -> {});
    }

    /** Adds the address, or renews its lifetime when the interface has it already. */
    @Override
    public void replaceAddress(Link link, Cidr address, Lifetime lifetime) throws LinuxException {
        kernel.ask(
                adding(link, address),
                AddressMessage.assign(link.index(), address, lifetime, NetlinkRequest.FLAG_REPLACE),
                () -> {},
                message -> {});
    }

    /** In words, which are the same at each renewal. */
    private String adding(Link link, Cidr address) {
        if (address != renewed || !link.name().equals(renewedOn)) {
            renewed = address;
            renewedOn = link.name();
            adding = "add address " + address + " to " + link.name();
        }
        return adding;
    }

    /** Removes the address; returns whether the interface had it. An interface that is gone had it not. */
    @Override
    public boolean removeAddress(Link link, Cidr address) throws LinuxException {
        try {
            kernel.ask(
                    "remove address " + address + " from " + link.name(),
                    AddressMessage.remove(link.index(), address),
                    () -> {},
                    message -> {});
            return true;
        } catch (LinuxException e) {
            if (e.errno() == Errno.EADDRNOTAVAIL || e.errno() == Errno.ENODEV) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Removes the address and no other. With the first address of a subnet the kernel takes the later ones away, unless it
     * is told to promote them (promote_secondaries).
     */
    @Override
    public void removeAddressAlone(Link link, Cidr address) throws LinuxException {
        boolean others = addresses().stream()
                .filter(a -> a.linkIndex() == link.index()
                        && a.isSecondary()
                        && !a.address().equals(address))
                .anyMatch(a -> address.contains(a.address().address()));
        if (!others) {
            removeAddress(link, address);
            return;
        }
        Sysctl promote = Sysctl.of("net", "ipv4", "conf", link.name(), "promote_secondaries");
        try {
            promoting(promote, () -> removeAddress(link, address));
        } catch (LinuxException e) {
            throw e;
        } catch (IOException e) {
            throw LinuxException.unsupported("take " + address + " off " + link.name()
                    + " alone: cannot set promote_secondaries: " + e.getMessage());
        }
    }

    /** What is done while the parameter is set; it may fail. */
    interface Removal {
        void run() throws LinuxException;
    }

    /** The parameter is the host's: whatever becomes of the removal, it is put back. */
    static void promoting(Sysctl promote, Removal removal) throws IOException {
        String before = promote.read();
        promote.ensure("1");
        try {
            removal.run();
        } catch (LinuxException | RuntimeException | Error e) {
            try {
                promote.ensure(before);
            } catch (IOException lost) {
                e.addSuppressed(lost);
            }
            throw e;
        }
        promote.ensure(before);
    }

    @Override
    public void close() {
        kernel.close();
    }
}
