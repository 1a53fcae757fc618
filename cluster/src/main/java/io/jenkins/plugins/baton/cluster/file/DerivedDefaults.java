package io.jenkins.plugins.baton.cluster.file;

import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.CheckKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.FrontendKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.NodeKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.RouterKeys;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.TimeoutKeys;
import io.jenkins.plugins.baton.cluster.file.format.Entry;
import io.jenkins.plugins.baton.cluster.file.format.Key;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Values that the file may leave out and that follow from others; {@link ClusterFormat} says the same in words. Each is
 * empty when what it follows from is wrong.
 */
final class DerivedDefaults {
    private static final int FIRST_PRIORITY = 100;
    private static final Duration HALF_CLOSED = Duration.ofSeconds(30);
    private static final int MAX_NODES_IN_STEPS_OF_TEN = 10;

    private DerivedDefaults() {}

    /** @param index the node's place in the file, from 0 */
    static Optional<Integer> priority(List<Entry> nodes, int index) {
        if (nodes.stream().anyMatch(node -> node.gives(NodeKeys.PRIORITY))) {
            return nodes.get(index).get(NodeKeys.PRIORITY);
        }
        int step = nodes.size() <= MAX_NODES_IN_STEPS_OF_TEN ? 10 : 1;
        return Optional.of(FIRST_PRIORITY - index * step);
    }

    static Optional<String> routerName(Entry router) {
        if (router.gives(RouterKeys.NAME)) {
            return router.get(RouterKeys.NAME);
        }
        boolean ipv6 = router.get(RouterKeys.ADDRESSES).stream()
                .flatMap(addresses -> addresses.values().stream())
                .anyMatch(Cidr::isIpv6);
        return router.get(RouterKeys.VIRTUAL_ROUTER_ID).map(id -> "vrrp-" + id + (ipv6 ? "-ipv6" : ""));
    }

    static Optional<Duration> advertisementInterval(Entry router) {
        if (router.gives(RouterKeys.ADVERTISEMENT_INTERVAL)) {
            return router.get(RouterKeys.ADVERTISEMENT_INTERVAL);
        }
        return router.get(RouterKeys.VERSION)
                .map(version -> version == 2 ? Duration.ofSeconds(1) : Duration.ofMillis(100));
    }

    static Optional<String> frontendName(Entry frontend) {
        if (frontend.gives(FrontendKeys.NAME)) {
            return frontend.get(FrontendKeys.NAME);
        }
        return frontend.get(FrontendKeys.BIND).map(bind -> "tcp-" + bind.port());
    }

    static Optional<Duration> halfClosed(Entry timeouts) {
        if (timeouts.gives(TimeoutKeys.HALF_CLOSED)) {
            return timeouts.get(TimeoutKeys.HALF_CLOSED);
        }
        return timeouts.get(TimeoutKeys.IDLE).map(idle -> idle.compareTo(HALF_CLOSED) < 0 ? idle : HALF_CLOSED);
    }

    static Optional<Duration> fastInterval(Entry check) {
        return orInterval(check, CheckKeys.FAST_INTERVAL, Duration.ofMillis(500));
    }

    static Optional<Duration> checkTimeout(Entry check) {
        return orInterval(check, CheckKeys.TIMEOUT, Duration.ofSeconds(2));
    }

    private static Optional<Duration> orInterval(Entry check, Key<Duration> key, Duration most) {
        if (check.gives(key)) {
            return check.get(key);
        }
        return check.get(CheckKeys.INTERVAL).map(interval -> interval.compareTo(most) < 0 ? interval : most);
    }

    /** @param nodes of the file, as far as they could be read */
    static String backendName(InetAddress address, int port, List<Entry> nodes) {
        return nodes.stream()
                .filter(node ->
                        node.get(NodeKeys.ADDRESS).filter(address::equals).isPresent())
                .flatMap(node -> node.get(NodeKeys.NAME).stream())
                .findFirst()
                .orElseGet(() -> address.getHostAddress().replace(':', '-') + "-" + port);
    }
}
