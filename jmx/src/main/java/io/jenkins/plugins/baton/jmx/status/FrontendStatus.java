package io.jenkins.plugins.baton.jmx.status;

import io.jenkins.plugins.baton.jmx.FrontendMXBean;
import java.util.List;
import java.util.Objects;

/** One frontend of this node with its backends; its members are described at {@link FrontendMXBean}. */
public record FrontendStatus(
        String name,
        String bind,
        String plane,
        String planeReason,
        String balance,
        long sessions,
        long sessionsMax,
        long sessionsTotal,
        double sessionRate,
        long bytesIn,
        long bytesOut,
        long connectErrors,
        long redispatches,
        long refused,
        List<BackendStatus> backends) {

    public FrontendStatus {
        Objects.requireNonNull(name, "it has no name");
        backends = Sent.orNone(backends);
    }
}
