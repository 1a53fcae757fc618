package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.cluster.Backend;
import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import io.jenkins.plugins.baton.cluster.Node;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Whether the kernel plane can serve a frontend, as far as the cluster file tells. */
final class FrontendEligibility {
    private final Cluster cluster;
    private final Frontend frontend;

    private FrontendEligibility(Cluster cluster, Frontend frontend) {
        this.cluster = cluster;
        this.frontend = frontend;
    }

    /** Why it cannot, as the end of a sentence that begins with "because"; empty when it can. */
    static Optional<String> obstacle(Cluster cluster, Frontend frontend) {
        return new FrontendEligibility(cluster, frontend).obstacle();
    }

    private Optional<String> obstacle() {
        InetAddress vip = frontend.bind().address();
        if (vip.isAnyLocalAddress()) {
            return Optional.of("it listens on every address and not on a virtual one alone");
        }
        if (cluster.virtualRouters().stream()
                .noneMatch(router -> addresses(router.addresses()).contains(vip))) {
            return Optional.of("no virtual router has its address " + IpLiteral.text(vip));
        }
        if (cluster.peerLink().isEmpty() && cluster.nodes().size() > 1) {
            return Optional.of("without a peer link the nodes cannot tell each other that they have its rules");
        }
        if (frontend.balance() == Frontend.Balance.LEASTCONN) {
            return Optional.of("balance: leastconn counts connections, whose end the choosing node does not see");
        }
        if (frontend.proxyProtocol().isPresent()) {
            return Optional.of("nobody would write the header of the PROXY protocol; backends see the client itself");
        }
        return frontend.backends().stream()
                .flatMap(backend -> obstacle(backend).stream())
                .findFirst()
                .or(this::nodeWithoutBackend);
    }

    private Optional<String> obstacle(Backend backend) {
        Optional<Node> node = cluster.node(backend.name());
        if (node.isEmpty()) {
            return Optional.of("backend " + backend.name() + " is not on a node of the cluster file");
        }
        InetAddress address = backend.endpoint().address();
        if (isIpv6(address) != isIpv6(frontend.bind().address())) {
            return Optional.of(
                    "backend " + backend.name() + " has an address of the other family, " + IpLiteral.text(address));
        }
        if (isIpv6(address) == isIpv6(node.get().address())
                && !address.equals(node.get().address())) {
            return Optional.of("backend " + backend.name() + " is at " + IpLiteral.text(address)
                    + ", not at the node's " + IpLiteral.text(node.get().address()));
        }
        if (backend.backup()) {
            return Optional.of("backend " + backend.name() + " is a backup, which only the proxy has");
        }
        if (backend.maxConnections() > 0) {
            return Optional.of("backend " + backend.name() + " has a limit of connections, which only the proxy keeps");
        }
        return Optional.empty();
    }

    /** Any node may come to hold the VIP, and takes part in the work then. */
    private Optional<String> nodeWithoutBackend() {
        return cluster.nodes().stream()
                .filter(node -> frontend.backends().stream()
                        .noneMatch(backend -> backend.name().equals(node.name())))
                .findFirst()
                .map(node -> "node " + node.name() + " has no backend");
    }

    private static List<InetAddress> addresses(List<Cidr> cidrs) {
        return cidrs.stream().map(Cidr::address).toList();
    }

    private static boolean isIpv6(InetAddress address) {
        return address instanceof Inet6Address;
    }
}
