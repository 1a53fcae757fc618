package io.jenkins.plugins.baton.agent.management.jmx;

import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import java.time.Instant;

/**
 * What the agent is and runs with.
 *
 * @param node name of this node
 * @param file the cluster file in use
 * @param configError why the last reload was refused, else empty
 * @param waitsFor why it has not begun yet, else empty
 */
public record AgentState(
        String node, String version, Instant startedAt, ClusterFile file, String configError, String waitsFor) {

    public AgentState(String node, String version, Instant startedAt, ClusterFile file) {
        this(node, version, startedAt, file, "", "");
    }

    /** The agent runs with this file now. */
    public AgentState using(ClusterFile newFile) {
        return new AgentState(node, version, startedAt, newFile, "", waitsFor);
    }

    /** The agent has not begun, for this reason. */
    public AgentState waitingFor(String what) {
        return new AgentState(node, version, startedAt, file, configError, what);
    }

    /** The agent goes on with the file that it has. */
    public AgentState refusing(String reason) {
        return new AgentState(node, version, startedAt, file, reason, waitsFor);
    }
}
