package io.jenkins.plugins.baton.agent.vrrp;

import java.util.Optional;

/**
 * What the outside says about this node's fitness.
 *
 * @param linkUp the interface is there and has a carrier
 * @param fault why a tracked check rules this node out
 * @param adjustment what tracked checks add to the priority
 * @param suspended why an operator told this node to stand aside
 * @param prepared whether this node could serve clients now
 */
record Conditions(
        boolean linkUp, Optional<String> fault, int adjustment, Optional<String> suspended, boolean prepared) {

    static final Conditions UNKNOWN = new Conditions(false, Optional.empty(), 0, Optional.empty(), true);

    /** Why this node cannot hold the addresses; empty when it can. */
    Optional<String> obstacle() {
        return linkUp ? fault : Optional.of("the interface is down");
    }

    Conditions withLink(boolean up) {
        return new Conditions(up, fault, adjustment, suspended, prepared);
    }

    Conditions withTracked(Event.Tracked tracked) {
        return new Conditions(linkUp, tracked.fault(), tracked.adjustment(), suspended, prepared);
    }

    Conditions withSuspended(Optional<String> why) {
        return new Conditions(linkUp, fault, adjustment, why, prepared);
    }

    Conditions withPrepared(boolean yes) {
        return new Conditions(linkUp, fault, adjustment, suspended, yes);
    }
}
