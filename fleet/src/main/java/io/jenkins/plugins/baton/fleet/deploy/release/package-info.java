/** The agent's distribution, and what it needs of a host. */
package io.jenkins.plugins.baton.fleet.deploy.release;
