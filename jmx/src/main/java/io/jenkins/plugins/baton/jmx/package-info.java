/** The management contract of the agent: MXBeans, their descriptions and units, notifications, and their JSON. */
package io.jenkins.plugins.baton.jmx;
