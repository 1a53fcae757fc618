package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.cluster.Cluster;
import java.time.Duration;

/**
 * Whether this node has to take itself for the one that was cut off: while it hears less than half of the nodes, itself
 * included, and for some seconds more, until it has heard them all again and their agents have spoken. Pure: time comes
 * from outside.
 */
public final class MinorityDetector {
    private static final long HEALING = Duration.ofSeconds(5).toNanos();

    private boolean cutOff;
    private long since;

    /** @param now on any clock of nanoseconds that does not go back */
    boolean isCutOff(Cluster cluster, Peers peers, long now) {
        if (2 * (1 + peers.present().size()) < cluster.nodes().size()) {
            cutOff = true;
            since = now;
        } else if (now - since > HEALING) {
            cutOff = false;
        }
        return cutOff;
    }
}
