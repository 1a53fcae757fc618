/** The MBeans over the other components, what tells their listeners of changes, and the JMX connector on loopback. */
package io.jenkins.plugins.baton.agent.management.jmx;
