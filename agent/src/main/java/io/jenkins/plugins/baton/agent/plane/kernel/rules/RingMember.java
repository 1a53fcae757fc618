package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import java.net.InetAddress;

/**
 * A node's part in a frontend: the backend that runs on it.
 *
 * @param address of the backend, an address of the node on the segment
 * @param port of the backend
 * @param weight of the backend, 0..256
 * @param present whether the node is there at all, so that it may have connections
 * @param serving whether new connections go to it: it is present, its backend is up and not drained
 */
public record RingMember(InetAddress address, int port, int weight, boolean present, boolean serving) {
    public RingMember {
        if (serving && !present) {
            throw new IllegalArgumentException("a node that is not there cannot serve: " + address);
        }
    }
}
