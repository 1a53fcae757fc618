package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Certainty;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.ClusterView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.KernelFrontend;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.RingMember;
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
import java.util.Set;
import java.util.stream.Collectors;

/** What this node sees of its cluster at one moment, and what follows from it for the rules. */
final class ClusterViewBuilder {
    private final DesiredState desired;
    private final Peers peers;
    /** Of the peers those whose Ethernet address is known. */
    private final NeighbourTable.Snapshot neighbours;

    private final Certainty certainty;
    private final Map<String, Readiness.Ready> ready;
    private final Set<String> serving;
    private final boolean translating;

    private final List<KernelFrontend> frontends = new ArrayList<>();
    private final Map<String, String> proxyFallbacks = new HashMap<>();
    private final Map<String, String> remarks = new HashMap<>();

    /**
     * @param certainty as {@link MinorityDetector} and {@link DoubtfulHosts} have it
     * @param ready as {@link Readiness} has it, of the dispatched frontends
     * @param serving frontends that the kernel serves up to now, and not the proxy
     * @param translating as {@link ClusterView#translating}
     */
    ClusterViewBuilder(
            DesiredState desired,
            Peers peers,
            NeighbourTable.Snapshot neighbours,
            Certainty certainty,
            Map<String, Readiness.Ready> ready,
            Set<String> serving,
            boolean translating) {
        this.desired = desired;
        this.peers = peers.now();
        this.neighbours = neighbours;
        this.certainty = certainty;
        this.ready = ready;
        this.serving = serving;
        this.translating = translating;
        desired.dispatched().forEach(this::addDispatched);
        desired.proxied().forEach(this::addProxied);
    }

    ClusterView view() {
        List<MacAddress> known = cluster().nodes().stream()
                .map(node -> neighbours.macs().get(node.name()))
                .filter(mac -> mac != null)
                .toList();
        Map<String, Integer> interfaces = new HashMap<>(neighbours.interfaces());
        interfaces
                .keySet()
                .retainAll(frontends.stream().map(KernelFrontend::interfaceName).collect(Collectors.toSet()));
        return new ClusterView(known, certainty, interfaces, translating, frontends);
    }

    /** Why the proxy takes what clients send to a frontend of the kernel plane for now, by the frontend's name. */
    Map<String, String> proxyFallbacks() {
        return proxyFallbacks;
    }

    /** What is to be said of a frontend that the kernel serves all the same, by the frontend's name. */
    Map<String, String> remarks() {
        return remarks;
    }

    private void addDispatched(FrontendView frontend) {
        Frontend configuration = frontend.configuration();
        List<RingMember> members = new ArrayList<>();
        List<String> unheard = new ArrayList<>();
        Readiness.Ready readiness = ready.get(frontend.name());
        for (Node node : cluster().nodes()) {
            BackendView backend = frontend.backends().stream()
                    .filter(one -> one.name().equals(node.name()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(node.name() + " has no backend"));
            boolean chosen = readiness.backends().contains(backend.name());
            boolean own = node.equals(desired.self());
            boolean reachable = own || serves(node, frontend.name());
            if (chosen && !reachable && !isGone(node)) {
                unheard.add(node.name());
            }
            boolean takesNew = chosen && reachable && (own || !isLeaving(node));
            Endpoint endpoint = backend.configuration().endpoint();
            members.add(new RingMember(
                    endpoint.address(),
                    endpoint.port(),
                    backend.weight(),
                    own || isInRing(node, frontend.name()),
                    takesNew));
        }
        VirtualAddresses vips =
                VirtualAddresses.of(cluster(), desired.self(), configuration).get(0);
        if (!isThere(vips)) {
            proxyFallbacks.put(frontend.name(), "for now, because there is no interface " + vips.interfaceName());
            return;
        }
        judge(frontend.name(), members.stream().anyMatch(RingMember::serving), unheard, readiness.lastResort());
        boolean bySource = configuration.balance() == Frontend.Balance.SOURCE;
        frontends.add(new KernelFrontend(
                frontend.name(),
                vips.interfaceName(),
                vips.addresses(),
                configuration.bind().port(),
                bySource ? KernelFrontend.Dispatch.BY_SOURCE : KernelFrontend.Dispatch.BY_CONNECTION,
                members,
                own(),
                proxyFallbacks.containsKey(frontend.name()),
                readiness.lastResort()));
    }

    /**
     * The kernel begins to serve when it reaches all that should have a share. It goes on with a part of them: the proxy's
     * port may be closed by a firewall that lets the backends' port pass, and a change must not end what works.
     */
    private void judge(String frontend, boolean anyServing, List<String> unheard, boolean lastResort) {
        boolean one = unheard.size() == 1;
        String silent = String.join(" and ", unheard) + " " + (one ? "has" : "have")
                + " not said over the peer link that " + (one ? "it" : "they") + " can serve it";
        if (!unheard.isEmpty() && !(anyServing && serving.contains(frontend))) {
            proxyFallbacks.put(frontend, "for now, because " + silent);
        } else if (!anyServing) {
            proxyFallbacks.put(frontend, "for now, because no backend is ready");
        } else if (lastResort) {
            remarks.put(frontend, "no backend is ready, and those that were last have new connections");
        } else if (!unheard.isEmpty()) {
            remarks.put(frontend, silent + ", and " + (one ? "gets" : "get") + " nothing new for now");
        }
    }

    private void addProxied(Frontend frontend) {
        for (VirtualAddresses vips : VirtualAddresses.of(cluster(), desired.self(), frontend)) {
            boolean ipv6 = vips.addresses().get(0) instanceof Inet6Address;
            List<RingMember> members = new ArrayList<>();
            for (Node node : cluster().nodes()) {
                boolean present = node.equals(desired.self()) || isInRing(node, frontend.name());
                members.add(new RingMember(address(node, ipv6), frontend.bind().port(), 0, present, false));
            }
            if (isThere(vips)) {
                frontends.add(new KernelFrontend(
                        frontend.name(),
                        vips.interfaceName(),
                        vips.addresses(),
                        frontend.bind().port(),
                        KernelFrontend.Dispatch.BY_PROXY,
                        members,
                        own(),
                        true,
                        false));
            }
        }
    }

    private boolean isThere(VirtualAddresses vips) {
        return neighbours.interfaces().containsKey(vips.interfaceName());
    }

    /**
     * Where a frame for the node goes: an address of the VIP's family that it has on the segment. A cluster file without
     * one is refused, because the node's adverts come from it.
     */
    private static InetAddress address(Node node, boolean ipv6) {
        boolean same = ipv6 == node.address() instanceof Inet6Address;
        return same ? node.address() : node.linkLocal().orElseThrow();
    }

    private boolean serves(Node node, String frontend) {
        return neighbours.macs().containsKey(node.name())
                && peers.of(node.name())
                        .filter(peer ->
                                peer.present() && peer.capabilities().serves().contains(frontend))
                        .isPresent();
    }

    private boolean isInRing(Node node, String frontend) {
        return neighbours.macs().containsKey(node.name())
                && peers.of(node.name())
                        .filter(peer -> peer.present()
                                && (hasNoPeerLink() || believed(peer).hasRingOf(frontend)))
                        .isPresent();
    }

    /** A host that comes back may have started anew, and have no rules; where it was this node that was away it has not. */
    private PeerCapabilities believed(Peers.Peer peer) {
        return certainty == Certainty.CUT_OFF ? peer.remembered() : peer.capabilities();
    }

    /** Nobody can say then what it does; whose file says peerLink: none says that all nodes run Baton. */
    private boolean hasNoPeerLink() {
        return cluster().peerLink().isEmpty();
    }

    private boolean isGone(Node node) {
        return peers.of(node.name()).filter(peer -> !peer.present()).isPresent();
    }

    private boolean isLeaving(Node node) {
        return peers.of(node.name())
                .filter(peer -> peer.capabilities().leaving())
                .isPresent();
    }

    private int own() {
        return cluster().nodes().indexOf(desired.self());
    }

    private Cluster cluster() {
        return desired.cluster();
    }
}
