package io.jenkins.plugins.baton.fleet.nodes;

import io.jenkins.plugins.baton.cluster.Cluster;
import java.time.Duration;

/** How long it may take to stop an agent: it serves its open sessions for a while. */
public final class StopTimeout {
    private static final Duration STOP_OVERHEAD = Duration.ofSeconds(10);

    private StopTimeout() {}

    /** The longest {@code timeouts.drain} of the frontends, and what the rest of a stop takes on a busy host. */
    public static Duration limit(Cluster cluster) {
        return cluster.frontends().stream()
                .map(frontend -> frontend.timeouts().drain())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO)
                .plus(STOP_OVERHEAD);
    }
}
