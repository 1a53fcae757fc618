package io.jenkins.plugins.baton.agent.plane.choice;

import io.jenkins.plugins.baton.agent.plane.PeerAware;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Passes on what is said of the other nodes, and remembers it for a plane that begins later. What is said of a node that is
 * not in the cluster file any more, for instance that its host is not watched now, goes nowhere. Safe for any thread.
 */
final class PeerReports {
    private final Map<String, Report> last = new HashMap<>();
    private final Set<String> nodes = new HashSet<>();
    private PeerAware plane;

    /** As for {@link PeerAware#peer}. */
    private record Report(boolean present, String capabilities) {}

    /** @param plane hears it until another one begins */
    PeerReports(PeerAware plane) {
        this.plane = plane;
    }

    /** These nodes are in the cluster file, too, or are going to be. */
    synchronized void expect(Set<String> more) {
        nodes.addAll(more);
    }

    /** No other nodes than these are in the cluster file any more. */
    synchronized void retain(Set<String> remaining) {
        nodes.retainAll(remaining);
        last.keySet().retainAll(remaining);
    }

    /** From now on this plane hears it, first of all what was said last. Under the lock, or older news could come after newer. */
    synchronized void tell(PeerAware next) {
        plane = next;
        last.forEach((node, report) -> next.peer(node, report.present(), report.capabilities()));
    }

    /** As {@link PeerAware#peer}. */
    synchronized CompletableFuture<Void> peer(String node, boolean present, String capabilities) {
        if (!nodes.contains(node)) {
            return CompletableFuture.completedFuture(null);
        }
        last.put(node, new Report(present, capabilities));
        return plane.peer(node, present, capabilities);
    }
}
