/** The nodes' turns: addresses away, switch, health, and the way back. */
package io.jenkins.plugins.baton.fleet.deploy.rollout;
