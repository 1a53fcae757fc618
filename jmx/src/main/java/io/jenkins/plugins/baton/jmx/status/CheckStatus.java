package io.jenkins.plugins.baton.jmx.status;

import io.jenkins.plugins.baton.jmx.CheckMXBean;
import io.jenkins.plugins.baton.jmx.Health;
import java.util.Objects;

/** One named check of this node; its members are described at {@link CheckMXBean}. */
public record CheckStatus(
        String name,
        Health result,
        int resultCode,
        String resultSince,
        String lastCheckResult,
        String lastCheckAt,
        double latencyMillis,
        int consecutiveFailures) {
    public CheckStatus {
        Objects.requireNonNull(name, "it has no name");
    }
}
