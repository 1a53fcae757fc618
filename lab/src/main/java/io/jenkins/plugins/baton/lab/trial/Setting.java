package io.jenkins.plugins.baton.lab.trial;

import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Plan;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which data plane serves the clients, and over which family they come.
 *
 * @param advertisementInterval as in the cluster file; a second is for a machine that may stand still for a moment
 */
public record Setting(Plane plane, boolean ipv6, String advertisementInterval) {
    public enum Plane {
        KERNEL,
        PROXY
    }

    public static final String DEFAULT_INTERVAL = "100ms";

    public String vip() {
        return ipv6 ? Plan.VIP6 : Plan.VIP;
    }

    public String url(String path) {
        return "https://" + (ipv6 ? "[" + Plan.VIP6 + "]" : Plan.VIP) + ":" + Plan.FRONTEND_PORT + path;
    }

    /** The cluster file: all defaults but the plane, the interval of the checks, and the patience at a stop. */
    String clusterFile(List<Host> masters) {
        StringBuilder text = new StringBuilder("cluster: trial\nnodes:\n");
        for (Host master : masters) {
            text.append("  - {name: %s, address: \"%s\", linkLocal: \"%s\", priority: %d}%n".formatted(
                    master, nodeAddress(master), master.linkLocal(), 110 - 10 * masters.indexOf(master)));
        }
        String backends = masters.stream()
                .map(master -> "{name: %s, address: \"%s\"}".formatted(
                        master, ipv6 ? "[" + master.ipv6() + "]:" + Plan.BACKEND_PORT : master.ipv4() + ":" + Plan.BACKEND_PORT))
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
                        ipv6 ? "[" + vip() + "]:" + Plan.FRONTEND_PORT : vip() + ":" + Plan.FRONTEND_PORT,
                        plane.name().toLowerCase(Locale.ROOT),
                        Bed.DRAIN.toMinutes(),
                        backends)).toString();
    }

    /** The kernel plane wants nodes of the VIP's family; for the proxy plane they are of the other one. */
    private String nodeAddress(Host master) {
        return ipv6 && plane == Plane.KERNEL ? master.ipv6() : master.ipv4();
    }

    @Override
    public String toString() {
        return plane.name().toLowerCase(Locale.ROOT) + (ipv6 ? " IPv6" : " IPv4");
    }
}
