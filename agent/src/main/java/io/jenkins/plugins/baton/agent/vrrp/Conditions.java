package io.jenkins.plugins.baton.agent.vrrp;

import java.util.Optional;

/**
 * What the outside says about this node's fitness.
 *
 * @param linkUp the interface is there and has a carrier
 * @param fault why a tracked check rules this node out
 * @param adjustment what tracked checks add to the priority
 * @param suspended why an operator told this node to stand aside
 */
record Conditions(boolean linkUp, Optional<String> fault, int adjustment, Optional<String> suspended) {

    static final Conditions UNKNOWN = new Conditions(false, Optional.empty(), 0, Optional.empty());

    /** Why this node cannot hold the addresses; empty when it can. */
    Optional<String> obstacle() {
        return linkUp ? fault : Optional.of("the interface is down");
    }

    Conditions withLink(boolean up) {
        return new Conditions(up, fault, adjustment, suspended);
    }

    Conditions withTracked(Event.Tracked tracked) {
        return new Conditions(linkUp, tracked.fault(), tracked.adjustment(), suspended);
    }

    Conditions withSuspended(Optional<String> why) {
        return new Conditions(linkUp, fault, adjustment, why);
    }
}
