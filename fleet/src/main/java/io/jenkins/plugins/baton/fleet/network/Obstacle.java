package io.jenkins.plugins.baton.fleet.network;

/**
 * Something in the way of what the cluster's nodes send to each other.
 *
 * @param node the node's name; empty: it is on none of them
 * @param text one sentence: what is stopped, where, and what opens the way
 */
public record Obstacle(String node, String text) {}
