package io.jenkins.plugins.baton.agent.vrrp;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * What the election of one virtual router on one node goes by.
 *
 * @param node this node's name
 * @param address where this node's adverts come from; breaks a tie of equal priorities (RFC 9568 section 6.4.3)
 * @param version 2 or 3: they count the skew time differently
 * @param priority 1..254, before tracked checks
 * @param intervalNanos between two adverts of this node as MASTER
 * @param preempt whether this node takes over from a working MASTER of lower priority
 * @param preemptDelayNanos how long after its start, or after a FAULT, this node does not do so
 * @param announceIntervalNanos between two refreshes of the neighbours' caches as MASTER; 0 is never
 * @param peers the other nodes
 */
public record Settings(
        String node,
        InetAddress address,
        int version,
        int priority,
        long intervalNanos,
        boolean preempt,
        long preemptDelayNanos,
        long announceIntervalNanos,
        List<Peer> peers) {

    public Settings {
        peers = List.copyOf(peers);
    }

    /** Whether the given address wins over this node's at equal priority: the greater one does, read as unsigned. */
    boolean losesTieTo(InetAddress other) {
        return Arrays.compareUnsigned(address.getAddress(), other.getAddress()) < 0;
    }
}
