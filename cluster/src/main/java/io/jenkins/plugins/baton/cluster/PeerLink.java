package io.jenkins.plugins.baton.cluster;

/**
 * The idle connections between the agents.
 *
 * @param port of both ends, on every node's address, 1..65535
 */
public record PeerLink(int port) {}
