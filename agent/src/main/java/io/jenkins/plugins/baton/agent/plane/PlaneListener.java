package io.jenkins.plugins.baton.agent.plane;

import io.jenkins.plugins.baton.agent.health.HealthChange;

/** Hears what happens in a data plane. Called on the plane's threads: return quickly, do not block. */
@FunctionalInterface
public interface PlaneListener {
    void backendChanged(BackendView backend, HealthChange change);

    /** Another data plane serves the frontend from now on, or the same one for another reason. */
    default void planeChanged(String frontend, PlaneChoice before, PlaneChoice after) {}
}
