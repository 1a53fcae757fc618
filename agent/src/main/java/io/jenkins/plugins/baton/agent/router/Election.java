package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.vrrp.Event;
import io.jenkins.plugins.baton.jmx.State;

/** The election of one virtual router, as those see it who bring it events. */
interface Election {
    State state();

    default boolean isMaster() {
        return state() == State.MASTER;
    }

    /** As for {@link io.jenkins.plugins.baton.agent.vrrp.Router#isHarmless}. */
    boolean isHarmless(Event packet);

    void handle(Event event);
}
