/** What this machine's disk says about a node that an operator took out of service for a while. */
package io.jenkins.plugins.baton.agent.maintenance;
