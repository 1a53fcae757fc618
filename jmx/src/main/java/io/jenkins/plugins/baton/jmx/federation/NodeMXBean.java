package io.jenkins.plugins.baton.jmx.federation;

import io.jenkins.plugins.baton.jmx.Description;

/** {@code baton:node=NODE,type=Node}: the connection to one node's agent. */
@Description("The connection to one node of the cluster")
public interface NodeMXBean {
    @Description("Name of the node in the cluster file")
    String getName();

    @Description("Address of the node in the cluster file")
    String getAddress();

    @Description("Whether the node's agent is heard now; false: what its beans show is the last that it told")
    boolean isConnected();

    @Description("Why the node's agent is not heard, and what to do; empty when it is")
    String getProblem();

    @Description(value = "Age of what the node's beans show; -1 when its agent has never been heard", unit = "ms")
    long getAgeMillis();

    @Description(
            "When the agent told what the node's beans show, by the node's clock, ISO 8601; empty before the first")
    String getSampledAt();
}
