/** What each node's agent says of itself, as the fleet reads it. */
package io.jenkins.plugins.baton.fleet.status;
