package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import java.util.List;
import java.util.Optional;

/** How an agent that cannot begin yet answers all the same: as the agent of a node that has nothing to do. */
final class WaitingAgent {
    /** Until it is known which node this is. */
    private static final String UNKNOWN_NODE = "unknown";

    private WaitingAgent() {}

    /** The cluster, without anything that needs this node. */
    static Cluster idle(Cluster cluster) {
        return new Cluster(
                cluster.name(),
                cluster.ssh(),
                cluster.nodes(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                cluster.secret(),
                cluster.management());
    }

    /** Whose socket and lock it has meanwhile. */
    static Node nodeOf(ClusterFile file, Optional<Node> self) {
        return self.orElseGet(() -> {
            Node any = file.cluster().nodes().get(0);
            return new Node(UNKNOWN_NODE, any.address(), any.priority(), Optional.empty(), Optional.empty());
        });
    }
}
