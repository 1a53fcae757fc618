package io.jenkins.plugins.baton.jenkins.result;

import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code haDeploy} did. */
public final class DeployResult extends SummarizedResult {
    private static final long serialVersionUID = 1;

    private final String cluster;
    private final String release;
    private final ArrayList<String> changed;
    private final ArrayList<String> warnings;
    private final ArrayList<String> plan;
    private final boolean only;

    /** @param only whether nothing was to be changed, only said */
    public DeployResult(
            String cluster,
            String release,
            List<String> changed,
            List<String> warnings,
            List<String> plan,
            boolean only) {
        this.cluster = cluster;
        this.only = only;
        this.release = release;
        this.changed = new ArrayList<>(changed);
        this.warnings = new ArrayList<>(warnings);
        this.plan = new ArrayList<>(plan);
    }

    /** The release that was deployed, or with {@code plan} would be. */
    @Whitelisted
    public String getRelease() {
        return release;
    }

    /** Names of the nodes that were changed, in that order; empty when every node was as it should be. */
    @Whitelisted
    public List<String> getChanged() {
        return changed;
    }

    @Whitelisted
    public List<String> getWarnings() {
        return warnings;
    }

    /** What was to be changed and what clients notice of it, a line each. */
    @Whitelisted
    public List<String> getPlan() {
        return plan == null ? List.of() : plan;
    }

    @Override
    Summary inShort() {
        String where = cluster == null ? "" : " on " + cluster;
        if (only) {
            return new Summary(release + where + ", planned only")
                    .with(plan == null || plan.isEmpty() ? List.of("nothing would change") : plan);
        }
        return new Summary(release + where)
                .with(changed.isEmpty() ? "nothing had to change" : "deployed to " + String.join(", ", changed))
                .with(warnings.isEmpty() ? "" : warnings.size() + (warnings.size() == 1 ? " warning" : " warnings"));
    }

    @Override
    public String toString() {
        return release + ", changed " + changed;
    }
}
