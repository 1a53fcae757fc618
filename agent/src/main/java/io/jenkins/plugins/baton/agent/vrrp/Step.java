package io.jenkins.plugins.baton.agent.vrrp;

import java.util.List;

/** What {@link StateMachine} makes of one event: the router afterwards, and what is to be done, in this order. */
public record Step(Router router, List<Action> actions) {

    public Step {
        actions = List.copyOf(actions);
    }
}
