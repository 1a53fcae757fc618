/**
 * Health checks of this node: what is asked ({@code Prober}), when ({@link
 * io.jenkins.plugins.baton.agent.health.HealthWatch}) and what follows from the answers ({@link
 * io.jenkins.plugins.baton.agent.health.HealthHysteresis}, a pure function). One thread of their own; nothing blocks it.
 */
package io.jenkins.plugins.baton.agent.health;
