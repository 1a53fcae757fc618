package io.jenkins.plugins.baton.jmx.status;

import java.util.List;
import java.util.Optional;

/**
 * All that one agent shows, at one moment.
 *
 * @param change what changed just before; null but in the lines of {@code --watch}
 */
public record NodeStatus(
        String node,
        String version,
        String configHash,
        String sampledAt,
        AgentStatus agent,
        List<RouterStatus> virtualRouters,
        List<FrontendStatus> frontends,
        List<CheckStatus> checks,
        ChangeStatus change) {

    public NodeStatus {
        virtualRouters = Sent.orNone(virtualRouters);
        frontends = Sent.orNone(frontends);
        checks = Sent.orNone(checks);
    }

    public Optional<RouterStatus> router(String name) {
        return virtualRouters.stream().filter(r -> r.name().equals(name)).findFirst();
    }

    public Optional<FrontendStatus> frontend(String name) {
        return frontends.stream().filter(f -> f.name().equals(name)).findFirst();
    }
}
