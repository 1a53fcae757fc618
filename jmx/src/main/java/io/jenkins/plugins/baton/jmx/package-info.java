/**
 * The management contract, which the agent writes and the fleet reads: MXBeans, their descriptions and units,
 * notifications, and their JSON; {@code status} has what a reader gets.
 */
package io.jenkins.plugins.baton.jmx;
