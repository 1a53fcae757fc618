package io.jenkins.plugins.baton.lab.experiment;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Host;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which data plane serves the clients, and over which family they come.
 *
 * @param advertisementInterval as in the cluster file; a second is for a machine that may stand still for a moment
 */
public record Variant(Plane plane, boolean ipv6, String advertisementInterval) {
    public enum Plane {
        KERNEL,
        PROXY
    }

    public static final String DEFAULT_INTERVAL = "100ms";

    public String vip() {
        return ipv6 ? AddressPlan.VIP6 : AddressPlan.VIP;
    }

    public String url(String path) {
        return "https://" + (ipv6 ? "[" + AddressPlan.VIP6 + "]" : AddressPlan.VIP) + ":" + AddressPlan.FRONTEND_PORT
                + path;
    }

    /** The cluster file: all defaults but the plane, the interval of the checks, and the patience at a stop. */
    String clusterFile(List<Host> nodes) {
        StringBuilder text = new StringBuilder("cluster: experiment\nnodes:\n");
        for (Host node : nodes) {
            text.append("  - {name: %s, address: \"%s\", linkLocal: \"%s\", priority: %d}%n"
                    .formatted(node, nodeAddress(node), node.linkLocal(), 110 - 10 * nodes.indexOf(node)));
        }
        String backends = nodes.stream()
                .map(node -> "{name: %s, address: \"%s\"}"
                        .formatted(
                                node,
                                ipv6
                                        ? "[" + node.ipv6() + "]:" + AddressPlan.BACKEND_PORT
                                        : node.ipv4() + ":" + AddressPlan.BACKEND_PORT))
                .collect(Collectors.joining(", "));
        return text.append("""
                virtualRouters:
                  - {name: kube-master, virtualRouterId: 51, interface: eth0, addresses: ["%s/%d"], advertisementInterval: %s}
                frontends:
                  - name: kube-apiserver
                    bind: "%s"
                    plane: %s
                    timeouts: {drain: %dm}
                    check: {type: https, path: /readyz, interval: 1s}
                    backends: [%s]
                """.formatted(
                        vip(),
                        ipv6 ? 128 : 32,
                        advertisementInterval,
                        ipv6 ? "[" + vip() + "]:" + AddressPlan.FRONTEND_PORT : vip() + ":" + AddressPlan.FRONTEND_PORT,
                        plane.name().toLowerCase(Locale.ROOT),
                        ClusterTestbed.DRAIN.toMinutes(),
                        backends))
                .toString();
    }

    /** The kernel plane wants nodes of the VIP's family; for the proxy plane they are of the other one. */
    private String nodeAddress(Host node) {
        return ipv6 && plane == Plane.KERNEL ? node.ipv6() : node.ipv4();
    }

    @Override
    public String toString() {
        return plane.name().toLowerCase(Locale.ROOT) + (ipv6 ? " IPv6" : " IPv4");
    }
}
