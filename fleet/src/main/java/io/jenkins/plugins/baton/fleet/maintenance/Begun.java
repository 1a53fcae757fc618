package io.jenkins.plugins.baton.fleet.maintenance;

import java.util.List;

/**
 * A node is out of service.
 *
 * @param until when the nodes enable it by themselves, ISO 8601, by its own clock
 * @param sessionsLeft sessions of its servers that had not ended when the time to drain was over
 * @param phases up to now
 */
public record Begun(String until, long sessionsLeft, List<Phase> phases) {}
