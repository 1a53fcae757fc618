package io.jenkins.plugins.baton.fleet.deploy.preflight;

import io.jenkins.plugins.baton.cluster.Backend;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.fleet.Targets;
import io.jenkins.plugins.baton.probe.ServerCertificate;
import io.jenkins.plugins.baton.probe.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether the servers behind a TLS frontend have the virtual address in their certificates, as clients will demand. */
public final class CertificateCheck {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private CertificateCheck() {}

    public static List<NodeProblem> problems(Cluster cluster) {
        List<NodeProblem> problems = new ArrayList<>();
        for (Frontend frontend : cluster.frontends()) {
            Set<InetAddress> needed = new LinkedHashSet<>();
            for (Target target : Targets.of(cluster, frontend)) {
                if (target.tls()) {
                    needed.add(target.address().getAddress());
                }
            }
            if (!needed.isEmpty()) {
                frontend.backends().forEach(backend -> check(backend, needed, problems));
            }
        }
        return problems;
    }

    private static void check(Backend backend, Set<InetAddress> needed, List<NodeProblem> problems) {
        Endpoint endpoint = backend.endpoint();
        try {
            Set<String> names = new TreeSet<>(ServerCertificate.addresses(endpoint.toSocketAddress(), LIMIT));
            for (InetAddress address : needed) {
                if (!names.contains(address.getHostAddress())) {
                    problems.add(NodeProblem.warning(
                            backend.name(),
                            "the certificate of " + endpoint
                                    + " does not have the virtual address " + address.getHostAddress()
                                    + " among its names ("
                                    + String.join(", ", names)
                                    + "), so that clients will refuse it; renew it, with kubeadm by "
                                    + "`apiServer: certSANs`"));
                }
            }
        } catch (IOException e) {
            problems.add(NodeProblem.warning(
                    backend.name(),
                    "the certificate of " + endpoint + " could not be looked at from here: " + e.getMessage()));
        }
    }
}
