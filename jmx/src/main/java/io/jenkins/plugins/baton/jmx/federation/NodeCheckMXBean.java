package io.jenkins.plugins.baton.jmx.federation;

import io.jenkins.plugins.baton.jmx.CheckMXBean;
import io.jenkins.plugins.baton.jmx.Description;

/** {@code baton:node=NODE,type=Check,name=N}. */
@Description("A named health check of one node of the cluster")
public interface NodeCheckMXBean extends CheckMXBean, Sampled {}
