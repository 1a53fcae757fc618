/** The agents of all nodes in one MBean server, over SSH. */
package io.jenkins.plugins.baton.fleet.federation;
