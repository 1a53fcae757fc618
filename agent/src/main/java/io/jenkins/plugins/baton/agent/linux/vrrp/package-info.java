/** Raw sockets for VRRP packets, and for the probes that look like them; what is in a packet is none of its business. */
package io.jenkins.plugins.baton.agent.linux.vrrp;
