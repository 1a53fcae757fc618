package io.jenkins.plugins.baton.agent.vrrp;

import java.util.Optional;

/**
 * What the outside says about this node's fitness.
 *
 * @param network why this node has no network to be heard on: no interface, no carrier, no address of its own
 * @param sending why its adverts cannot be sent although it has one
 * @param fault why a tracked check rules this node out
 * @param adjustment what tracked checks add to the priority
 * @param suspended why an operator told this node to stand aside
 * @param prepared whether this node could serve clients now
 */
record Conditions(
        Optional<String> network,
        Optional<String> sending,
        Optional<String> fault,
        int adjustment,
        Optional<String> suspended,
        boolean prepared) {

    static final Conditions UNKNOWN =
            new Conditions(Optional.of("not started"), Optional.empty(), Optional.empty(), 0, Optional.empty(), true);

    /** Why this node cannot hold the addresses; empty when it can. */
    Optional<String> obstacle() {
        return network.or(() -> sending).or(() -> fault);
    }

    /** Whether what it says reaches the wire. */
    boolean canBeHeard() {
        return network.isEmpty() && sending.isEmpty();
    }

    /** What could not be sent before may go out on another network. */
    Conditions withNetwork(Optional<String> obstacle) {
        Optional<String> stillNot = obstacle.isEmpty() ? sending : Optional.empty();
        return new Conditions(obstacle, stillNot, fault, adjustment, suspended, prepared);
    }

    Conditions withSending(Optional<String> obstacle) {
        return new Conditions(network, obstacle, fault, adjustment, suspended, prepared);
    }

    Conditions withTracked(Event.Tracked tracked) {
        return new Conditions(network, sending, tracked.fault(), tracked.adjustment(), suspended, prepared);
    }

    Conditions withSuspended(Optional<String> why) {
        return new Conditions(network, sending, fault, adjustment, why, prepared);
    }

    Conditions withPrepared(boolean yes) {
        return new Conditions(network, sending, fault, adjustment, suspended, yes);
    }
}
