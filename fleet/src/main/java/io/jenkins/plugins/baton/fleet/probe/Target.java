package io.jenkins.plugins.baton.fleet.probe;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.Probe.Http;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import java.util.List;
import java.util.Optional;

/**
 * Where a client connects.
 *
 * @param endpoint a virtual address and the frontend's port
 * @param tls whether TLS is spoken there
 * @param path what is asked on long-lived connections; empty where HTTP is not known to be spoken
 */
public record Target(Endpoint endpoint, boolean tls, Optional<String> path) {

    /** A frontend's targets: its bind address, or every virtual address when that is the wildcard. */
    public static List<Target> of(Cluster cluster, Frontend frontend) {
        Optional<Http> http = frontend.check()
                .map(check -> check.probe())
                .filter(Http.class::isInstance)
                .map(Http.class::cast);
        boolean tls = http.flatMap(Http::tls).isPresent();
        Optional<String> path = http.map(Http::path);
        Endpoint bind = frontend.bind();
        if (!bind.address().isAnyLocalAddress()) {
            return List.of(new Target(bind, tls, path));
        }
        return cluster.virtualRouters().stream()
                .map(VirtualRouter::addresses)
                .flatMap(List::stream)
                .map(address -> new Target(new Endpoint(address.address(), bind.port()), tls, path))
                .toList();
    }

    @Override
    public String toString() {
        return endpoint.toString();
    }
}
