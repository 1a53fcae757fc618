package io.jenkins.plugins.baton.agent.plane;

import io.jenkins.plugins.baton.jmx.Health;
import java.time.Instant;

/**
 * What is believed of a backend at one moment.
 *
 * @param since when the present health began
 */
public record BackendHealth(Health health, Instant since) {}
