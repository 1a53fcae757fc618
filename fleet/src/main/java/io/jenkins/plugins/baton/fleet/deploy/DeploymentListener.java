package io.jenkins.plugins.baton.fleet.deploy;

import io.jenkins.plugins.baton.fleet.deploy.plan.Intention;
import io.jenkins.plugins.baton.fleet.status.View;

/** Hears of a deployment before it changes anything; called by its thread. */
public interface DeploymentListener {
    /** One who does not care. */
    DeploymentListener NONE = new DeploymentListener() {
        @Override
        public void found(View before) {}

        @Override
        public void intends(Intention intention) {}
    };

    /** @param before what the agents say */
    void found(View before);

    /** Also when that is then refused. */
    void intends(Intention intention);
}
