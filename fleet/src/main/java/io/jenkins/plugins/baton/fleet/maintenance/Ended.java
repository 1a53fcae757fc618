package io.jenkins.plugins.baton.fleet.maintenance;

import java.util.List;

/**
 * A node serves again, or should.
 *
 * @param phases of the way back
 * @param trouble why it does not serve, or the cluster is not steady; empty when all is well
 * @param ranOut whether the nodes had enabled it by themselves before, because the time was over
 */
public record Ended(List<Phase> phases, List<String> trouble, boolean ranOut) {}
