package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.Node;
import java.util.List;

/**
 * What the kernel plane has to do on a node.
 *
 * @param dispatched frontends that it serves, as the proxy has them: with their checks and the operator's orders
 * @param proxied frontends that the proxy serves, for which it has the ring
 */
record DesiredState(Cluster cluster, Node self, List<FrontendView> dispatched, List<Frontend> proxied) {

    /** All nodes but this one. */
    List<Node> others() {
        return cluster.nodes().stream().filter(node -> !node.equals(self)).toList();
    }
}
