package io.jenkins.plugins.baton.cluster;

/**
 * A server behind a frontend.
 *
 * @param name unique in its frontend; the node's name when it stands on a node of the file
 * @param endpoint where it listens
 * @param weight 0..256, its share of new connections; 0 gets none
 * @param backup used only while no other backend is up
 * @param maxConnections most concurrent connections, 0 is no limit
 */
public record Backend(String name, Endpoint endpoint, int weight, boolean backup, int maxConnections) {}
