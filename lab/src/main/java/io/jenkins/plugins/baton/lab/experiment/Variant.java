package io.jenkins.plugins.baton.lab.experiment;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.ClusterText;
import io.jenkins.plugins.baton.lab.Host;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Which data plane serves the clients, and over which family they come.
 *
 * @param advertisementInterval as in the cluster file; a second is for a machine that may stand still for a moment
 */
public record Variant(Plane plane, boolean ipv6, String advertisementInterval) {
    public enum Plane {
        KERNEL,
        PROXY,
        /** The agents choose. */
        AUTO;

        /** As the cluster file and the status write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final String DEFAULT_INTERVAL = "100ms";

    /** Nothing ends by it: who has seen enough stops the agent a second time. */
    private static final Duration DRAIN = Duration.ofMinutes(5);

    /** With the default interval, over IPv4. */
    public static Variant of(Plane plane) {
        return new Variant(plane, false, DEFAULT_INTERVAL);
    }

    public String vip() {
        return ipv6 ? AddressPlan.VIP6 : AddressPlan.VIP;
    }

    public String url(String path) {
        return "https://" + endpoint() + path;
    }

    /** The cluster file of the experiments: all defaults but this, the interval of the checks, and the patience at a stop. */
    ClusterText clusterFile(List<Host> nodes) {
        return clusterFile(
                nodes,
                "timeouts: {drain: %dm}, check: {type: https, path: /readyz, interval: 1s}"
                        .formatted(DRAIN.toMinutes()));
    }

    /** @param options of the frontend, besides plane and backends */
    public ClusterText clusterFile(List<Host> nodes, String options) {
        // The kernel plane wants nodes of the VIP's family; for the proxy plane they are of the other one.
        ClusterText text = ipv6 && plane == Plane.KERNEL ? ClusterText.overIpv6(nodes) : ClusterText.of(nodes);
        return text.router(vip() + (ipv6 ? "/128" : "/32"), "advertisementInterval: " + advertisementInterval)
                .frontend(
                        "kube-apiserver",
                        endpoint(),
                        "plane: %s, %s, %s"
                                .formatted(
                                        plane.word(),
                                        options,
                                        ClusterText.servers(
                                                nodes, ipv6 ? Host::ipv6 : Host::ipv4, AddressPlan.BACKEND_PORT)));
    }

    private String endpoint() {
        return ClusterText.endpoint(vip(), AddressPlan.FRONTEND_PORT);
    }

    @Override
    public String toString() {
        return plane.word() + (ipv6 ? " IPv6" : " IPv4");
    }
}
