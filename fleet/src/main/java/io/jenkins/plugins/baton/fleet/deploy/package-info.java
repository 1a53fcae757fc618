/** Bringing a release and a cluster file to all nodes: survey, plan, the nodes' turns. */
package io.jenkins.plugins.baton.fleet.deploy;
