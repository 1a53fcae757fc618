/** VRRP packets: their fields, their bytes, what makes them a group's own, and why one is ignored. Pure. */
package io.jenkins.plugins.baton.agent.vrrp.packet;
