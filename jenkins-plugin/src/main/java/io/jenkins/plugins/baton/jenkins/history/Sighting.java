package io.jenkins.plugins.baton.jenkins.history;

import java.util.List;

/**
 * The state in which a build saw a cluster.
 *
 * @param build number; 0: that build was deleted
 * @param step of the build, from 0
 * @param at in ms since 1970
 * @param holder of the first virtual router; empty when there was not exactly one
 * @param missing what was missing for a steady cluster, a sentence each; empty: it was steady
 */
public record Sighting(int build, int step, long at, String holder, List<String> missing) implements Finding {
    private static final int MAX_SENTENCES = 8;

    public Sighting {
        holder = Text.name(holder);
        missing = missing == null
                ? List.of()
                : missing.stream().limit(MAX_SENTENCES).map(Text::sentence).toList();
    }

    public boolean isSteady() {
        return missing.isEmpty();
    }

    @Override
    public Sighting withoutBuild() {
        return new Sighting(0, step, at, holder, missing);
    }
}
