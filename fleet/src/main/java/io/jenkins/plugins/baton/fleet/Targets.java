package io.jenkins.plugins.baton.fleet;

import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.Probe.Http;
import io.jenkins.plugins.baton.probe.Target;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the clients of a frontend connect. */
public final class Targets {
    private Targets() {}

    /** Its endpoints but for those on loopback, which are for programs on the nodes: from elsewhere nobody reaches them. */
    public static List<Target> of(Cluster cluster, Frontend frontend) {
        Optional<Http> http = frontend.check()
                .map(check -> check.probe())
                .filter(Http.class::isInstance)
                .map(Http.class::cast);
        boolean tls = http.flatMap(Http::tls).isPresent();
        Optional<String> path = http.map(Http::path);
        return endpoints(cluster, frontend).stream()
                .filter(endpoint -> isReached(cluster, endpoint.address()))
                .map(endpoint -> new Target(endpoint.toString(), endpoint.toSocketAddress(), tls, path))
                .toList();
    }

    /** A frontend's bind address, or every virtual address when that is the wildcard. */
    public static List<Endpoint> endpoints(Cluster cluster, Frontend frontend) {
        Endpoint bind = frontend.bind();
        if (!bind.address().isAnyLocalAddress()) {
            return List.of(bind);
        }
        return virtualAddresses(cluster)
                .map(address -> new Endpoint(address, bind.port()))
                .toList();
    }

    private static boolean isReached(Cluster cluster, InetAddress address) {
        return !address.isLoopbackAddress() || virtualAddresses(cluster).anyMatch(address::equals);
    }

    private static Stream<InetAddress> virtualAddresses(Cluster cluster) {
        return cluster.virtualRouters().stream()
                .flatMap(router -> router.addresses().stream())
                .map(Cidr::address);
    }
}
