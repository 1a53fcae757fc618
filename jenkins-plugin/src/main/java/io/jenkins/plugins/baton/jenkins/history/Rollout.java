package io.jenkins.plugins.baton.jenkins.history;

import io.jenkins.plugins.baton.jenkins.result.Outcome;

/**
 * A deployment.
 *
 * @param build number; 0: that build was deleted
 * @param step of the build, from 0
 * @param at when it ended, in ms since 1970
 * @param release of the agent; empty when that is not known
 */
public record Rollout(int build, int step, long at, String release, Outcome outcome) implements Finding {
    public Rollout {
        release = Text.name(release);
    }

    @Override
    public Rollout withoutBuild() {
        return new Rollout(0, step, at, release, outcome);
    }
}
