package io.jenkins.plugins.baton.agent.linux.netlink;

import java.net.InetAddress;

/** An address on the segment, and the Ethernet address to which the kernel sends its packets now. */
public record Neighbour(InetAddress address, MacAddress mac) {}
