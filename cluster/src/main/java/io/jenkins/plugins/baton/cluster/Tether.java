package io.jenkins.plugins.baton.cluster;

/**
 * The idle connections between the agents.
 *
 * @param port where every agent listens on its node's address, 1..65535
 */
public record Tether(int port) {}
