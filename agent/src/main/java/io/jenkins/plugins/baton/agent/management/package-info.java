/**
 * What people and programs see and ask: MBeans over the other components, the loopback JMX connector, and the UNIX socket
 * behind {@code baton-agent status}.
 */
package io.jenkins.plugins.baton.agent.management;
