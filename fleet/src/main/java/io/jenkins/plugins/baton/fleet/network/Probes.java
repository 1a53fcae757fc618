package io.jenkins.plugins.baton.fleet.network;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.fleet.Targets;
import io.jenkins.plugins.baton.probe.Target;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The packets that a cluster file's agents and clients will send between the nodes. Pure. */
final class Probes {
    private static final InetAddress GROUP_IPV4 = literal("224.0.0.18");
    private static final InetAddress GROUP_IPV6 = literal("ff02::12");
    /** Beyond the ports that Linux gives to programs by itself (ip_local_port_range). */
    private static final int CLIENT_PORT = 61_234;

    private final Cluster cluster;
    private final Set<String> linked;
    /** By their keys: two routers of one interface send the same packets. */
    private final Map<String, Probe> probes = new LinkedHashMap<>();

    private Probes(Cluster cluster, Set<String> linked) {
        this.cluster = cluster;
        this.linked = linked;
    }

    /** @param linked nodes whose agents run: between two of these the peer link shows by itself whether it is possible */
    static List<Probe> of(Cluster cluster, Set<String> linked) {
        Probes all = new Probes(cluster, linked);
        for (VirtualRouter router : cluster.virtualRouters()) {
            cluster.nodes().forEach(from -> all.vrrp(router, from));
        }
        cluster.peerLink().ifPresent(link -> all.peerLink(link.port()));
        cluster.frontends().forEach(all::frontend);
        return new ArrayList<>(all.probes.values());
    }

    /** Adverts, and orders to take over, which go to a node's own address in any case. */
    private void vrrp(VirtualRouter router, Node from) {
        if (!router.unicast()) {
            address(router, from)
                    .ifPresent(source -> add(new Probe(
                            router.interfaceOn(from),
                            Probe.Kind.VRRP,
                            source,
                            0,
                            router.isIpv6() ? GROUP_IPV6 : GROUP_IPV4,
                            0,
                            from.name(),
                            others(from))));
        }
        toEachOther(router, from, Probe.Kind.VRRP, 0, 0);
    }

    private void peerLink(int port) {
        cluster.virtualRouters().stream()
                .filter(router -> cluster.nodes().stream()
                        .allMatch(node -> node.address() instanceof Inet6Address == router.isIpv6()))
                .findFirst()
                .ifPresent(router ->
                        cluster.nodes().forEach(from -> toEachOther(router, from, Probe.Kind.PEER_LINK, port, port)));
    }

    private void frontend(Frontend frontend) {
        for (Target target : Targets.of(cluster, frontend)) {
            cluster.virtualRouters().stream()
                    .filter(router -> router.addresses().stream()
                            .anyMatch(address ->
                                    address.address().equals(target.address().getAddress())))
                    .forEach(router -> cluster.nodes()
                            .forEach(from -> toEachOther(
                                    router,
                                    from,
                                    Probe.Kind.FRONTEND,
                                    CLIENT_PORT,
                                    target.address().getPort())));
        }
    }

    private void toEachOther(VirtualRouter router, Node from, Probe.Kind kind, int sourcePort, int port) {
        for (Node to : cluster.nodes()) {
            boolean shownAlready =
                    kind == Probe.Kind.PEER_LINK && linked.contains(from.name()) && linked.contains(to.name());
            if (to != from && !shownAlready) {
                Optional<InetAddress> source = address(router, from);
                Optional<InetAddress> destination = address(router, to);
                if (source.isPresent() && destination.isPresent()) {
                    add(new Probe(
                            router.interfaceOn(from),
                            kind,
                            source.get(),
                            sourcePort,
                            destination.get(),
                            port,
                            from.name(),
                            List.of(to.name())));
                }
            }
        }
    }

    /** A node's own address in a router's family: over IPv6 adverts come from the link-local one where there is one. */
    private static Optional<InetAddress> address(VirtualRouter router, Node node) {
        Optional<InetAddress> linkLocal =
                node.linkLocal().filter(own -> router.isIpv6()).map(InetAddress.class::cast);
        return linkLocal.or(
                () -> Optional.of(node.address()).filter(own -> own instanceof Inet6Address == router.isIpv6()));
    }

    private List<String> others(Node node) {
        return cluster.nodes().stream()
                .filter(other -> other != node)
                .map(Node::name)
                .toList();
    }

    private void add(Probe probe) {
        probes.putIfAbsent(probe.interfaceName() + " " + probe.key(), probe);
    }

    private static InetAddress literal(String text) {
        return IpLiteral.parse(text).orElseThrow();
    }
}
