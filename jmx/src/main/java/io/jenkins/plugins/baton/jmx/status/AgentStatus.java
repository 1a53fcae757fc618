package io.jenkins.plugins.baton.jmx.status;

import io.jenkins.plugins.baton.jmx.AgentMXBean;
import java.util.List;

/** The daemon itself; its members are described at {@link AgentMXBean}. */
public record AgentStatus(
        String node,
        String cluster,
        String version,
        String startedAt,
        long uptimeMillis,
        String configHash,
        String configFile,
        String configError,
        String waitsFor,
        String plane,
        long rulesRestored,
        List<String> connectedPeers,
        int connectedPeerCount,
        List<String> unreachableHosts,
        int unreachableHostCount,
        long jmxRefused,
        long eventsDropped,
        long accessLogDropped,
        long resourceExhaustions,
        String realTime,
        String memoryLock,
        double timerLatenessMaxMillis,
        long stalls) {

    public AgentStatus {
        connectedPeers = Sent.orNone(connectedPeers);
        unreachableHosts = Sent.orNone(unreachableHosts);
    }
}
