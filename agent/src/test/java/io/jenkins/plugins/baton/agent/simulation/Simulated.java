package io.jenkins.plugins.baton.agent.simulation;

/** A world that a seed decides. */
public interface Simulated {
    Story story();
}
