/** The group's secret: keys that only the nodes of a cluster know. */
package io.jenkins.plugins.baton.agent.secret;
