package io.jenkins.plugins.baton.fleet;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.Probe.Http;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.probe.Target;
import java.util.List;
import java.util.Optional;

/** Where the clients of a frontend connect. */
public final class Targets {
    private Targets() {}

    /** A frontend's bind address, or every virtual address when that is the wildcard. */
    public static List<Target> of(Cluster cluster, Frontend frontend) {
        Optional<Http> http = frontend.check()
                .map(check -> check.probe())
                .filter(Http.class::isInstance)
                .map(Http.class::cast);
        boolean tls = http.flatMap(Http::tls).isPresent();
        Optional<String> path = http.map(Http::path);
        return endpoints(cluster, frontend.bind()).stream()
                .map(endpoint -> new Target(endpoint.toString(), endpoint.toSocketAddress(), tls, path))
                .toList();
    }

    private static List<Endpoint> endpoints(Cluster cluster, Endpoint bind) {
        if (!bind.address().isAnyLocalAddress()) {
            return List.of(bind);
        }
        return cluster.virtualRouters().stream()
                .map(VirtualRouter::addresses)
                .flatMap(List::stream)
                .map(address -> new Endpoint(address.address(), bind.port()))
                .toList();
    }
}
