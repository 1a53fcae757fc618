package io.jenkins.plugins.baton.jmx.federation;

import io.jenkins.plugins.baton.jmx.Description;
import io.jenkins.plugins.baton.jmx.VirtualRouterMXBean;

/** {@code baton:node=NODE,type=VirtualRouter,name=N}. */
@Description("A VRRP virtual router as one node of the cluster sees it")
public interface NodeVirtualRouterMXBean extends VirtualRouterMXBean, Sampled {}
