/** Whole Ethernet frames: ARP, neighbour discovery, and the filters that the kernel applies to them. */
package io.jenkins.plugins.baton.agent.linux.ethernet;
