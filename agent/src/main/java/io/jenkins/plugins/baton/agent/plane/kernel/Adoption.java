package io.jenkins.plugins.baton.agent.plane.kernel;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an agent that finds rules of an earlier one takes for granted at first: that the peers which had rules have them
 * still, until they say otherwise or a while is over. One thread changes it; any may ask {@link #assumes}.
 */
final class Adoption {
    /** How long the rules of an earlier agent are left alone until this one knows enough to do better. */
    private static final Duration MAX_DURATION = Duration.ofSeconds(3);

    private volatile Set<String> assumed = Set.of();
    private long beganNanos;

    void begin(Set<String> peers, long now) {
        assumed = peers;
        beganNanos = now;
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
            assumed = assumed.stream().filter(other -> !other.equals(node)).collect(Collectors.toSet());
        }
    }

    boolean lasts(long now) {
        return !assumed.isEmpty() && now - beganNanos < MAX_DURATION.toNanos();
    }

    /** Ends it when its time is over; returns the peers that were not heard of. */
    Set<String> end(long now) {
        if (lasts(now)) {
            return Set.of();
        }
        Set<String> silent = assumed;
        assumed = Set.of();
        return silent;
    }
}
