package io.jenkins.plugins.baton.cluster.file;

import io.jenkins.plugins.baton.cluster.Authentication;
import io.jenkins.plugins.baton.cluster.Check;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.FrontendCheck;
import io.jenkins.plugins.baton.cluster.Management;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.PeerLink;
import io.jenkins.plugins.baton.cluster.Probe;
import io.jenkins.plugins.baton.cluster.Ssh;
import io.jenkins.plugins.baton.cluster.Timing;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.AuthenticationKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.CheckKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.FrontendCheckKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.FrontendKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.ManagementKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.NamedCheckKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.NodeKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.RouterInterfaceKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.RouterKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.SshKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.TimeoutKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.TopKeys;
import io.jenkins.plugins.baton.cluster.file.format.Entry;
import io.jenkins.plugins.baton.cluster.file.format.Items;
import io.jenkins.plugins.baton.cluster.file.format.Key;
import io.jenkins.plugins.baton.cluster.file.format.Located;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes the model from a draft in which no mistake was found. */
final class ClusterBuilder {
    private final Draft draft;

    private ClusterBuilder(Draft draft) {
        this.draft = draft;
    }

    static Cluster build(Draft draft) {
        ClusterBuilder assembly = new ClusterBuilder(draft);
        return new Cluster(
                the(draft.file(), TopKeys.CLUSTER),
                ssh(draft.file().get(TopKeys.SSH).orElseGet(SshKeys.ALL::absent)),
                IntStream.range(0, draft.nodes().size())
                        .mapToObj(assembly::node)
                        .toList(),
                draft.routers().stream().map(ClusterBuilder::router).toList(),
                draft.frontends().stream().map(assembly::frontend).toList(),
                draft.checks().stream().map(ClusterBuilder::namedCheck).toList(),
                draft.peerLinkPort().map(PeerLink::new),
                draft.file().get(TopKeys.SECRET),
                management(draft.management()));
    }

    private static Ssh ssh(Entry ssh) {
        return new Ssh(
                the(ssh, SshKeys.USER),
                the(ssh, SshKeys.PORT),
                ssh.get(SshKeys.IDENTITY),
                ssh.get(SshKeys.KNOWN_HOSTS),
                ssh.get(SshKeys.JUMP),
                list(ssh, SshKeys.FINGERPRINTS));
    }

    private static Management management(Entry management) {
        return new Management(
                the(management, ManagementKeys.JMX_PORT),
                list(management, ManagementKeys.JMX_USERS),
                management.get(ManagementKeys.METRICS_FILE));
    }

    private Node node(int index) {
        Entry node = draft.nodes().get(index);
        return new Node(
                the(node, NodeKeys.NAME),
                the(node, NodeKeys.ADDRESS),
                DerivedDefaults.priority(draft.nodes(), index).orElseThrow(),
                node.get(NodeKeys.INTERFACE),
                node.get(NodeKeys.LINK_LOCAL));
    }

    private static VirtualRouter router(Entry router) {
        return new VirtualRouter(
                DerivedDefaults.routerName(router).orElseThrow(),
                the(router, RouterKeys.VIRTUAL_ROUTER_ID),
                the(router, RouterKeys.INTERFACE),
                list(router, RouterKeys.INTERFACES).stream()
                        .collect(Collectors.toMap(
                                entry -> the(entry, RouterInterfaceKeys.NODE),
                                entry -> the(entry, RouterInterfaceKeys.INTERFACE))),
                list(router, RouterKeys.ADDRESSES),
                the(router, RouterKeys.VERSION),
                DerivedDefaults.advertisementInterval(router).orElseThrow(),
                the(router, RouterKeys.PREEMPT),
                the(router, RouterKeys.PREEMPT_DELAY),
                router.get(RouterKeys.AUTHENTICATION).map(a -> new Authentication(the(a, AuthenticationKeys.PASSWORD))),
                the(router, RouterKeys.UNICAST),
                the(router, RouterKeys.CHECKSUM),
                the(router, RouterKeys.ANNOUNCE_INTERVAL),
                list(router, RouterKeys.TRACK));
    }

    private Frontend frontend(Entry frontend) {
        Entry timeouts = frontend.get(FrontendKeys.TIMEOUTS).orElseGet(TimeoutKeys.ALL::absent);
        Optional<Entry> check =
                frontend.get(FrontendKeys.CHECK).orElseGet(() -> Optional.of(FrontendCheckKeys.ALL.absent()));
        return new Frontend(
                DerivedDefaults.frontendName(frontend).orElseThrow(),
                the(frontend, FrontendKeys.BIND),
                the(frontend, FrontendKeys.PLANE),
                the(frontend, FrontendKeys.BALANCE),
                new Frontend.Timeouts(
                        the(timeouts, TimeoutKeys.CONNECT),
                        the(timeouts, TimeoutKeys.IDLE),
                        DerivedDefaults.halfClosed(timeouts).orElseThrow(),
                        the(timeouts, TimeoutKeys.DRAIN)),
                check.map(c -> new FrontendCheck(
                        probe(c, Optional.empty(), Optional.empty(), the(c, FrontendCheckKeys.PATH)), timing(c))),
                switch (the(frontend, FrontendKeys.PROXY_PROTOCOL)) {
                    case "v1" -> Optional.of(1);
                    case "v2" -> Optional.of(2);
                    default -> Optional.empty();
                },
                the(frontend, FrontendKeys.ACCESS_LOG),
                optional(frontend, FrontendKeys.MAX_CONNECTIONS_PER_SOURCE),
                draft.backends(frontend).stream().map(Located::value).toList());
    }

    private static Check namedCheck(Entry check) {
        Optional<CheckUrl> url = check.get(NamedCheckKeys.URL);
        return new Check(
                the(check, NamedCheckKeys.NAME),
                probe(
                        check,
                        check.get(NamedCheckKeys.ADDRESS),
                        url.map(CheckUrl::target),
                        url.map(CheckUrl::path).orElse("/")),
                timing(check),
                optional(check, NamedCheckKeys.WEIGHT));
    }

    private static Probe probe(Entry check, Optional<Endpoint> tcpTarget, Optional<Endpoint> httpTarget, String path) {
        String type = the(check, CheckKeys.TYPE);
        return switch (type) {
            case "tcp" -> new Probe.Tcp(tcpTarget);
            case "script" -> new Probe.Script(list(check, CheckKeys.COMMAND));
            default ->
                new Probe.Http(
                        httpTarget,
                        check.get(CheckKeys.HOST),
                        path,
                        the(check, CheckKeys.EXPECT),
                        type.equals("https") ? Optional.of(tls(check)) : Optional.empty());
        };
    }

    private static Probe.Tls tls(Entry check) {
        Optional<Path> ca = check.get(CheckKeys.CA);
        return new Probe.Tls(ca, check.get(CheckKeys.CERTIFICATE), check.get(CheckKeys.KEY));
    }

    private static Timing timing(Entry check) {
        return new Timing(
                the(check, CheckKeys.INTERVAL),
                DerivedDefaults.fastInterval(check).orElseThrow(),
                DerivedDefaults.checkTimeout(check).orElseThrow(),
                the(check, CheckKeys.FALL),
                the(check, CheckKeys.RISE));
    }

    private static <T> T the(Entry entry, Key<T> key) {
        return entry.get(key).orElseThrow(() -> new IllegalStateException(key.name() + " at " + entry.mark()));
    }

    private static OptionalInt optional(Entry entry, Key<Integer> key) {
        return entry.get(key).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    private static <T> List<T> list(Entry entry, Key<Items<T>> key) {
        return entry.get(key).map(Items::values).orElse(List.of());
    }
}
