package io.jenkins.plugins.baton.cluster.file;

import io.jenkins.plugins.baton.cluster.Backend;
import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Mark;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.BackendKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.Backends;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.FrontendKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.ListedBackend;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.ManagementKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.NamedCheckKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.NodeKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.PeerLinkKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.RouterKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.TopKeys;
import io.jenkins.plugins.baton.cluster.file.format.Entry;
import io.jenkins.plugins.baton.cluster.file.format.Items;
import io.jenkins.plugins.baton.cluster.file.format.Key;
import io.jenkins.plugins.baton.cluster.file.format.Located;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A cluster file of which parts may be wrong; what could be read of it, with its places, for the rules to look at. */
record Draft(Entry file) {

    List<Entry> nodes() {
        return entries(TopKeys.NODES);
    }

    List<Entry> routers() {
        return entries(TopKeys.VIRTUAL_ROUTERS);
    }

    List<Entry> frontends() {
        return entries(TopKeys.FRONTENDS);
    }

    List<Entry> checks() {
        return entries(TopKeys.CHECKS);
    }

    /** Whether a name that is not among the checks is surely unknown, not just unreadable. */
    boolean knowsAllChecks() {
        return isComplete(TopKeys.CHECKS)
                && checks().stream().allMatch(c -> c.get(NamedCheckKeys.NAME).isPresent());
    }

    /** Whether an address that is neither a node's nor virtual is surely a stranger, not just unreadable. */
    boolean knowsAllAddresses() {
        return isComplete(TopKeys.NODES)
                && nodes().stream().allMatch(node -> node.get(NodeKeys.ADDRESS).isPresent())
                && isComplete(TopKeys.VIRTUAL_ROUTERS)
                && routers().stream()
                        .allMatch(r -> r.get(RouterKeys.ADDRESSES)
                                .filter(Items::complete)
                                .isPresent());
    }

    private boolean isComplete(Key<Items<Entry>> list) {
        return !file.gives(list) || file.get(list).filter(Items::complete).isPresent();
    }

    Optional<Integer> jmxPort() {
        return management().get(ManagementKeys.JMX_PORT);
    }

    Entry management() {
        return file.get(TopKeys.MANAGEMENT).orElseGet(ManagementKeys.ALL::absent);
    }

    /** Empty when there is no peer link, or when it could not be read. */
    Optional<Integer> peerLinkPort() {
        return file.get(TopKeys.PEER_LINK)
                .orElseGet(() -> Optional.of(PeerLinkKeys.ALL.absent()))
                .flatMap(peerLink -> peerLink.get(PeerLinkKeys.PORT));
    }

    private List<Entry> entries(Key<Items<Entry>> list) {
        return file.get(list).map(Items::values).orElse(List.of());
    }

    /** The VIPs of a router, as far as they could be read. */
    static List<Located<Cidr>> addresses(Entry router) {
        return router.get(RouterKeys.ADDRESSES).map(Items::good).orElse(List.of());
    }

    /** The VIPs of all routers. */
    List<Located<Cidr>> virtualAddresses() {
        return routers().stream().flatMap(router -> addresses(router).stream()).toList();
    }

    boolean isVirtual(InetAddress address) {
        return virtualAddresses().stream().anyMatch(vip -> vip.value().address().equals(address));
    }

    boolean hasIpv4() {
        return virtualAddresses().stream().anyMatch(vip -> !vip.value().isIpv6())
                || nodes().stream()
                        .anyMatch(node -> node.get(NodeKeys.ADDRESS)
                                .filter(Inet4Address.class::isInstance)
                                .isPresent());
    }

    Optional<Entry> nodeWith(InetAddress address) {
        return nodes().stream()
                .filter(node ->
                        node.get(NodeKeys.ADDRESS).filter(address::equals).isPresent())
                .findFirst();
    }

    /** A frontend's backends, whichever way they are written; those that could not be read are missing. */
    List<Located<Backend>> backends(Entry frontend) {
        if (!frontend.gives(FrontendKeys.BACKENDS)) {
            return perNode(BackendKeys.PER_NODE.absent(), frontend.mark());
        }
        Optional<Backends> backends = frontend.get(FrontendKeys.BACKENDS);
        if (backends.orElse(null) instanceof Backends.PerNode all) {
            return perNode(all.entry(), frontend.at(FrontendKeys.BACKENDS));
        }
        if (backends.orElse(null) instanceof Backends.Listed list) {
            return list.items().good().stream()
                    .flatMap(item -> listed(item.value()).map(b -> new Located<>(item.mark(), b)).stream())
                    .toList();
        }
        return List.of();
    }

    private List<Located<Backend>> perNode(Entry all, Mark mark) {
        return nodes().stream()
                .flatMap(node -> perNode(all, node))
                .map(b -> new Located<>(mark, b))
                .toList();
    }

    private static Stream<Backend> perNode(Entry all, Entry node) {
        Optional<String> name = node.get(NodeKeys.NAME);
        Optional<InetAddress> address = node.get(NodeKeys.ADDRESS);
        Optional<Integer> port = all.get(BackendKeys.PORT);
        if (name.isEmpty() || address.isEmpty() || port.isEmpty()) {
            return Stream.empty();
        }
        return Stream.of(new Backend(
                name.get(),
                new Endpoint(address.get(), port.get()),
                all.get(BackendKeys.WEIGHT).orElse(1),
                false,
                all.get(BackendKeys.MAX_CONNECTIONS).orElse(0)));
    }

    private Optional<Backend> listed(ListedBackend item) {
        if (item instanceof ListedBackend.Short alone) {
            Endpoint at = alone.endpoint();
            Entry defaults = BackendKeys.LISTED.absent();
            return Optional.of(backend(at, DerivedDefaults.backendName(at.address(), at.port(), nodes()), defaults));
        }
        Entry entry = ((ListedBackend.Full) item).entry();
        return entry.get(BackendKeys.ADDRESS)
                .flatMap(address -> address.port().isPresent()
                        ? Optional.of(
                                new Endpoint(address.address(), address.port().getAsInt()))
                        : entry.get(BackendKeys.PORT).map(port -> new Endpoint(address.address(), port)))
                .map(at -> backend(
                        at,
                        entry.get(BackendKeys.NAME)
                                .orElseGet(() -> DerivedDefaults.backendName(at.address(), at.port(), nodes())),
                        entry));
    }

    private static Backend backend(Endpoint at, String name, Entry entry) {
        return new Backend(
                name,
                at,
                entry.get(BackendKeys.WEIGHT).orElse(1),
                entry.get(BackendKeys.BACKUP).orElse(false),
                entry.get(BackendKeys.MAX_CONNECTIONS).orElse(0));
    }
}
