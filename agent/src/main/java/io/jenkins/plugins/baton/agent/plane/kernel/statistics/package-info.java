/** What the kernel counted for the frontends: counters of the rules and tracked connections. */
package io.jenkins.plugins.baton.agent.plane.kernel.statistics;
