/** Bringing the agent to the nodes, and taking it away again. */
package io.jenkins.plugins.baton.fleet.deploy;
