/** A thread that waits for many descriptors, and calls those who are concerned. Knows nothing of what they are. */
package io.jenkins.plugins.baton.agent.plane.proxy.loop;
