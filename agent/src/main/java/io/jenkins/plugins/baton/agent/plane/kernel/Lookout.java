package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.health.Health;
import io.jenkins.plugins.baton.agent.linux.MacAddress;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.Node;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What this node sees of its cluster at one moment, and what follows from it for the rules. */
final class Lookout {
    private final Assignment task;
    private final Peers peers;
    /** By name, of the peers whose Ethernet address is known. */
    private final Map<String, MacAddress> macs;
    private final boolean cutOff;

    private final List<KernelFrontend> frontends = new ArrayList<>();
    private final Map<String, String> detours = new HashMap<>();

    /** @param cutOff as {@link Isolation} has it */
    Lookout(Assignment task, Peers peers, Map<String, MacAddress> macs, boolean cutOff) {
        this.task = task;
        this.peers = peers.now();
        this.macs = macs;
        this.cutOff = cutOff;
        task.dispatched().forEach(this::addDispatched);
        task.proxied().forEach(this::addProxied);
    }

    ClusterView view() {
        List<MacAddress> known = cluster().nodes().stream()
                .map(node -> macs.get(node.name()))
                .filter(mac -> mac != null)
                .toList();
        return new ClusterView(known, cutOff, frontends);
    }

    /** Why the proxy takes what clients send to a frontend of the kernel plane for now, by the frontend's name. */
    Map<String, String> detours() {
        return detours;
    }

    private void addDispatched(FrontendView frontend) {
        Frontend configuration = frontend.configuration();
        List<Seat> seats = new ArrayList<>();
        List<String> unheard = new ArrayList<>();
        for (Node node : cluster().nodes()) {
            BackendView backend = frontend.backends().stream()
                    .filter(one -> one.name().equals(node.name()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(node.name() + " has no backend"));
            boolean ready = backend.weight() > 0
                    && (backend.health() == Health.UP || backend.health() == Health.UNKNOWN);
            boolean own = node.equals(task.self());
            boolean reachable = own || serves(node, frontend.name());
            if (ready && !reachable && !isGone(node)) {
                unheard.add(node.name());
            }
            boolean serving = ready && reachable && (own || !isLeaving(node));
            Endpoint endpoint = backend.configuration().endpoint();
            seats.add(new Seat(
                    endpoint.address(), endpoint.port(), backend.weight(), own || isInRing(node, frontend.name()), serving));
        }
        if (!unheard.isEmpty()) {
            detours.put(frontend.name(), "for now, because " + String.join(" and ", unheard)
                    + (unheard.size() == 1 ? " has" : " have") + " not said over the tether that it can serve it");
        } else if (seats.stream().noneMatch(Seat::serving)) {
            detours.put(frontend.name(), "for now, because no backend is ready");
        }
        boolean bySource = configuration.balance() == Frontend.Balance.SOURCE;
        VirtualAddresses vips = VirtualAddresses.of(cluster(), task.self(), configuration).get(0);
        frontends.add(new KernelFrontend(
                frontend.name(),
                vips.interfaceName(),
                vips.addresses(),
                configuration.bind().port(),
                bySource ? KernelFrontend.Dispatch.BY_SOURCE : KernelFrontend.Dispatch.BY_CONNECTION,
                seats,
                own(),
                detours.containsKey(frontend.name())));
    }

    private void addProxied(Frontend frontend) {
        for (VirtualAddresses vips : VirtualAddresses.of(cluster(), task.self(), frontend)) {
            boolean ipv6 = vips.addresses().get(0) instanceof Inet6Address;
            List<Seat> seats = new ArrayList<>();
            for (Node node : cluster().nodes()) {
                Optional<InetAddress> address = address(node, ipv6);
                if (address.isPresent()) {
                    boolean present = node.equals(task.self()) || isInRing(node, frontend.name());
                    seats.add(new Seat(address.get(), frontend.bind().port(), 0, present, false));
                }
            }
            if (seats.size() == cluster().nodes().size()) {
                frontends.add(new KernelFrontend(frontend.name(), vips.interfaceName(), vips.addresses(),
                        frontend.bind().port(), KernelFrontend.Dispatch.BY_PROXY, seats, own(), true));
            }
        }
    }

    /** Where a frame for the node goes: any address of the VIP's family that it has on the segment. */
    private static Optional<InetAddress> address(Node node, boolean ipv6) {
        if (ipv6 == node.address() instanceof Inet6Address) {
            return Optional.of(node.address());
        }
        return ipv6 ? node.linkLocal().map(InetAddress.class::cast) : Optional.empty();
    }

    private boolean serves(Node node, String frontend) {
        return macs.containsKey(node.name())
                && peers.of(node.name()).filter(peer -> peer.present() && peer.offer().serves().contains(frontend)).isPresent();
    }

    private boolean isInRing(Node node, String frontend) {
        return macs.containsKey(node.name())
                && peers.of(node.name())
                        .filter(peer -> peer.present() && (isUntethered() || believed(peer).hasRingOf(frontend)))
                        .isPresent();
    }

    /** A host that comes back may have started anew, and have no rules; where it was this node that was away it has not. */
    private Offer believed(Peers.Peer peer) {
        return cutOff ? peer.remembered() : peer.offer();
    }

    /** Nobody can say then what it does; whose file says tether: none says that all nodes run Baton. */
    private boolean isUntethered() {
        return cluster().tether().isEmpty();
    }

    private boolean isGone(Node node) {
        return peers.of(node.name()).filter(peer -> !peer.present()).isPresent();
    }

    private boolean isLeaving(Node node) {
        return peers.of(node.name()).filter(peer -> peer.offer().leaving()).isPresent();
    }

    private int own() {
        return cluster().nodes().indexOf(task.self());
    }

    private Cluster cluster() {
        return task.cluster();
    }
}
