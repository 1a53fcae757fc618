package io.jenkins.plugins.baton.jmx.status;

import io.jenkins.plugins.baton.jmx.BackendMXBean;
import io.jenkins.plugins.baton.jmx.Health;
import java.util.Objects;

/** One backend as this node sees it; its members are described at {@link BackendMXBean}. */
public record BackendStatus(
        String name,
        String frontend,
        String address,
        Health health,
        int healthCode,
        String healthSince,
        String lastCheckResult,
        String lastCheckAt,
        double lastCheckMillis,
        int weight,
        boolean backup,
        long sessions,
        long sessionsTotal,
        long bytesIn,
        long bytesOut,
        long connectErrors) {

    public BackendStatus {
        Objects.requireNonNull(name, "it has no name");
    }

    public boolean isUp() {
        return health == Health.UP;
    }
}
