package io.jenkins.plugins.baton.cluster;

/**
 * How the health of every backend of one frontend is learnt. A {@link Probe} without a target goes to the backend.
 */
public record FrontendCheck(Probe probe, Timing timing) {}
