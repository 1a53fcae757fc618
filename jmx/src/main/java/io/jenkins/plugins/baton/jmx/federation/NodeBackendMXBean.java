package io.jenkins.plugins.baton.jmx.federation;

import io.jenkins.plugins.baton.jmx.BackendMXBean;
import io.jenkins.plugins.baton.jmx.Description;

/** {@code baton:node=NODE,type=Backend,frontend=F,name=N}. */
@Description("A server behind a frontend as one node of the cluster sees it")
public interface NodeBackendMXBean extends BackendMXBean, Sampled {}
