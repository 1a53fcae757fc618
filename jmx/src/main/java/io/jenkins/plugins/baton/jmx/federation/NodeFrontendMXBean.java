package io.jenkins.plugins.baton.jmx.federation;

import io.jenkins.plugins.baton.jmx.Description;
import io.jenkins.plugins.baton.jmx.FrontendMXBean;

/** {@code baton:node=NODE,type=Frontend,name=N}. */
@Description("A TCP frontend on one node of the cluster")
public interface NodeFrontendMXBean extends FrontendMXBean, Sampled {}
