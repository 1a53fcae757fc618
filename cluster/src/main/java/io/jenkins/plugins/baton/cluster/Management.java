package io.jenkins.plugins.baton.cluster;

/**
 * @param jmxPort the one loopback port of RMI registry and server, 1..65535
 */
public record Management(int jmxPort) {}
