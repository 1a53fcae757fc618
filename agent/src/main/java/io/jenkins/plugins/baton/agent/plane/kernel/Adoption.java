package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.plane.FrontendView;
import io.jenkins.plugins.baton.jmx.Health;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What an agent that finds rules of an earlier one takes for granted at first: that the peers which had rules have them
 * still, until they say otherwise or a while is over. One thread changes it; any may ask {@link #assumes}. Pure: time comes
 * from outside.
 */
final class Adoption {
    /** How long the rules of an earlier agent are left alone until this one knows enough to do better. */
    static final Duration MAX_DURATION = Duration.ofSeconds(3);

    private final Peers peers;
    private volatile Set<String> assumed = Set.of();
    private long beganNanos;

    Adoption(Peers peers) {
        this.peers = peers;
    }

    /**
     * @param hadRules the peers that had rules, as the earlier agent knew, and that are in the cluster file
     * @param frontends names of all frontends
     */
    void begin(Set<String> hadRules, Set<String> frontends, long now) {
        assumed = hadRules;
        beganNanos = now;
        hadRules.forEach(peer -> peers.learn(peer, true, new PeerCapabilities(frontends, Set.of(), false)));
    }

    /** Whether nothing was heard of a node yet that had rules. */
    boolean assumes(String node) {
        return assumed.contains(node);
    }

    Set<String> assumed() {
        return assumed;
    }

    void heard(String node) {
        if (assumed.contains(node)) {
            retain(other -> !other.equals(node));
        }
    }

    /** Forgets all but these nodes. */
    void retain(Set<String> nodes) {
        retain(nodes::contains);
    }

    private void retain(Predicate<String> nodes) {
        assumed = assumed.stream().filter(nodes).collect(Collectors.toSet());
    }

    /** While the checks have not said anything yet, the rules that are there know better. */
    boolean leavesRules(List<FrontendView> dispatched, long now) {
        boolean unchecked = dispatched.stream()
                .flatMap(frontend -> frontend.backends().stream())
                .anyMatch(backend -> backend.health() == Health.UNKNOWN);
        return unchecked && lasts(now);
    }

    /**
     * Ends it when its time is over. A peer that had rules and was not heard of may have connections still: it gets
     * nothing new and stays in the ring.
     *
     * @param frontends names of all frontends
     */
    void expire(Set<String> frontends, long now) {
        if (lasts(now)) {
            return;
        }
        Set<String> unheard = assumed;
        assumed = Set.of();
        unheard.forEach(peer -> peers.learn(peer, true, new PeerCapabilities(Set.of(), frontends, false)));
    }

    private boolean lasts(long now) {
        return !assumed.isEmpty() && now - beganNanos < MAX_DURATION.toNanos();
    }
}
