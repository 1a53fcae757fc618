package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.cluster.Cluster;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Whether there may be hosts that are not in the ring of this node, or of another one, and have connections all the same.
 *
 * <ul>
 *   <li>One that was lost a moment ago: it may have stood still for a moment, or is the first of all that this node is cut off from.
 *   <li>One that came back a moment ago: the other nodes do not hear of it at the same time.
 *   <li>One that has come back and whose agent has not spoken yet: it may have started anew, and have nothing, or was beyond a
 *       partition.
 * </ul>
 *
 * <p>Remembers. Pure: time comes from outside.
 */
final class DoubtfulHosts {
    /** A host that is gone is asked again half a second later. */
    static final long LOST = Duration.ofMillis(500).toNanos();

    /** All nodes have asked it by then. */
    static final long BACK = Duration.ofMillis(600).toNanos();

    /** Agents connect again within two seconds; one that starts with its host may be some seconds behind it. */
    static final long UNHEARD = Duration.ofSeconds(10).toNanos();

    private final Map<String, Long> lostAt = new HashMap<>();
    private final Map<String, Long> backAt = new HashMap<>();
    private final Map<String, Long> unheardSince = new HashMap<>();

    /** @param now on any clock of nanoseconds that does not go back */
    boolean exist(Cluster cluster, Peers peers, long now) {
        Set<String> unheard = cluster.peerLink().isPresent() ? peers.unheard() : Set.of();
        boolean lost = isRecent(lostAt, peers.gone(), LOST, now);
        boolean back = isRecent(backAt, peers.present(), BACK, now);
        return isRecent(unheardSince, unheard, UNHEARD, now) || lost || back;
    }

    /** Whether it is not yet so long for any of them. */
    private static boolean isRecent(Map<String, Long> since, Set<String> nodes, long length, long now) {
        since.keySet().retainAll(nodes);
        nodes.forEach(node -> since.putIfAbsent(node, now));
        return since.values().stream().anyMatch(began -> now - began < length);
    }
}
