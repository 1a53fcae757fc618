/** The keys by which a group's agents know each other, brought to the nodes without an outage. */
package io.jenkins.plugins.baton.fleet.deploy.keys;
