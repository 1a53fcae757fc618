package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import java.util.Optional;

/**
 * What an agent waits for before it can begin: which node it is, and what a frontend that must be in the kernel plane is
 * judged by. Everything else a running agent waits for itself, each virtual router in FAULT.
 */
final class StartCondition {
    private StartCondition() {}

    /** In a sentence; empty when the agent can begin. */
    static Optional<String> of(ClusterFile file, Optional<Node> self, Host host) {
        if (self.isEmpty()) {
            return Optional.of(SelfNode.unknown(file, host.addresses())
                    + "; the agent begins when one of these addresses comes, or with --node NAME");
        }
        return ofKernelPlane(file.cluster(), self.get(), host);
    }

    private static Optional<String> ofKernelPlane(Cluster cluster, Node self, Host host) {
        if (cluster.frontends().stream().noneMatch(f -> f.plane() == Frontend.Plane.KERNEL)) {
            return Optional.empty();
        }
        return cluster.virtualRouters().stream()
                .map(router -> router.interfaceOn(self))
                .filter(name -> !host.interfaces().contains(name))
                .findFirst()
                .map(name -> "there is no interface " + name)
                .or(() -> host.addresses().contains(self.address())
                        ? Optional.empty()
                        : Optional.of(
                                "no interface has " + IpLiteral.text(self.address()) + ", the address of this node"))
                .map(what -> what + ", and a frontend asks for plane: kernel; the agent begins when it comes");
    }
}
