package io.jenkins.plugins.baton.agent.vrrp;

import java.net.InetAddress;

/**
 * Another node of the cluster file.
 *
 * @param name its name in the file
 * @param address where its adverts come from; link-local for IPv6 multicast
 * @param priority the highest priority it can advertise of itself: the file's, plus all positive weights it tracks
 */
public record Peer(String name, InetAddress address, int priority) {
    /** Compared with every packet: by hand, for the method handles of a record's own are slow in the first compiler. */
    @Override
    public boolean equals(Object other) {
        return other == this
                || other instanceof Peer peer
                        && priority == peer.priority
                        && name.equals(peer.name)
                        && address.equals(peer.address);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
