package io.jenkins.plugins.baton.jmx.federation;

import io.jenkins.plugins.baton.jmx.AgentMXBean;
import io.jenkins.plugins.baton.jmx.Description;

/** {@code baton:node=NODE,type=Agent}. */
@Description("The Baton agent on one node of the cluster")
public interface NodeAgentMXBean extends AgentMXBean, Sampled {}
