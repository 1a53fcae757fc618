package io.jenkins.plugins.baton.fleet.nodes;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.fleet.ssh.Command;
import java.time.Duration;
import java.util.List;

/** Ending faults of drills that are armed on a node. Harmless when there are none, or when the node has booted since. */
public final class Faults {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Faults() {}

    /** Ends the fault of one drill; prints why it never took effect, or nothing when it did. */
    public static Command end(String token, Cluster cluster) {
        return command(List.of(token), cluster);
    }

    /** Ends all and prints their names. Only for one who has the lock. */
    static Command endAll(Cluster cluster) {
        return command(List.of(), cluster);
    }

    /** An agent that is being stopped is started again only when it has stopped. */
    private static Command command(List<String> tokens, Cluster cluster) {
        return Script.of(Faults.class, "end-faults.sh", tokens)
                .within(StopTimeout.limit(cluster).plus(LIMIT));
    }
}
