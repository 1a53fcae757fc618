/**
 * What people and programs see of the agent and ask of it: {@code jmx} shows the other components as MBeans, {@code
 * control} answers the commands of {@code baton-agent}. Here is what both use.
 */
package io.jenkins.plugins.baton.agent.management;
