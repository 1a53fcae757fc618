/** When a cluster is as it should be, and waiting until it is. */
package io.jenkins.plugins.baton.fleet.steady;
