package io.jenkins.plugins.baton.agent.router.address;

import io.jenkins.plugins.baton.agent.linux.netlink.AddressPlace;
import io.jenkins.plugins.baton.agent.linux.netlink.AssignedAddress;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The addresses of this machine, as the kernel has told them so far, and whether a node can be heard from its own. Pure. */
public final class LocalAddresses {
    private final Map<AddressPlace, AssignedAddress> all = new HashMap<>();

    /** These are all that there are. */
    public void are(Collection<AssignedAddress> addresses) {
        all.clear();
        addresses.forEach(this::added);
    }

    public void added(AssignedAddress address) {
        all.put(AddressPlace.of(address), address);
    }

    public void removed(AssignedAddress address) {
        all.remove(AddressPlace.of(address));
    }

    public void linkRemoved(int linkIndex) {
        all.keySet().removeIf(place -> place.linkIndex() == linkIndex);
    }

    /** Everywhere that the address is. */
    public List<AssignedAddress> at(InetAddress address) {
        return all.values().stream()
                .filter(assigned -> assigned.address().address().equals(address))
                .toList();
    }

    /**
     * Why a node cannot hold virtual addresses on this interface with its own address as it is. The own one must be on the
     * same interface; on another one it may be when that is another subnet's: then the virtual ones were never meant to be
     * there.
     *
     * @param own where the node's adverts come from
     */
    public Optional<String> obstacle(InetAddress own, Link link, List<InetAddress> virtual) {
        List<AssignedAddress> known = at(own);
        Optional<AssignedAddress> here =
                known.stream().filter(a -> a.linkIndex() == link.index()).findFirst();
        String text = IpLiteral.text(own);
        if (here.isPresent() && here.get().isDuplicate()) {
            return Optional.of(
                    "another host has " + text + " too: duplicate address detection on " + link.name() + " failed");
        }
        if (here.isPresent() && here.get().isTentative()) {
            return Optional.of(
                    text + " on " + link.name() + " cannot be used yet: duplicate address detection is under way");
        }
        boolean elsewhere = known.stream().anyMatch(a -> isOfAnotherSegment(a, virtual));
        if (here.isPresent() || elsewhere) {
            return Optional.empty();
        }
        return Optional.of(link.name() + " does not have " + text + ", the address of this node"
                + (known.isEmpty() ? "" : "; another interface has it"));
    }

    private static boolean isOfAnotherSegment(AssignedAddress own, List<InetAddress> virtual) {
        return !own.isLinkLocal() && !own.isTentative() && virtual.stream().noneMatch(own.address()::contains);
    }
}
