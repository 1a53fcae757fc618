/** Bringing the agent to the masters, and taking it away again. */
package io.jenkins.plugins.baton.fleet.deploy;
