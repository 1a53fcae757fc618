package io.jenkins.plugins.baton.jenkins.result;

import hudson.Util;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What {@code haFailoverTest} measured: one drill, or several one after the other. What an older version did not
 * keep is empty. */
@ExportedBean(defaultVisibility = 2)
public final class FailoverResult extends SummarizedResult {
    private static final long serialVersionUID = 1;

    private final String cluster;
    private final boolean passed;
    private final String refusal;
    private final ArrayList<DrillResult> drills;

    private FailoverResult(String cluster, boolean passed, String refusal, List<DrillResult> drills) {
        this.cluster = cluster;
        this.passed = passed;
        this.refusal = refusal;
        this.drills = new ArrayList<>(drills);
    }

    /** What a step that drilled left. */
    public static FailoverResult of(StepResult step) {
        List<DrillResult> drills = step.getDrills();
        String refusal = drills.stream()
                .filter(drill -> !drill.getOutcome().isJudged())
                .map(drill -> drill.getScenario() + ": " + drill.getMessage())
                .reduce("", (earlier, later) -> later);
        boolean passed = !drills.isEmpty() && drills.stream().allMatch(DrillResult::isPassed);
        return new FailoverResult(step.getCluster(), passed, refusal, drills);
    }

    @Whitelisted
    @Exported
    public String getCluster() {
        return Util.fixNull(cluster);
    }

    /** Every drill did what was demanded, and none was left out. */
    @Whitelisted
    @Exported
    public boolean isPassed() {
        return passed;
    }

    /** Why the last drill did not run to its end; empty when all did. */
    @Whitelisted
    @Exported
    public String getRefusal() {
        return Util.fixNull(refusal);
    }

    @Whitelisted
    @Exported
    public List<DrillResult> getDrills() {
        return drills == null ? List.of() : drills;
    }

    /** The longest of all drills. */
    @Whitelisted
    public double getOutageMillis() {
        return getDrills().stream()
                .mapToDouble(DrillResult::getOutageMillis)
                .max()
                .orElse(0);
    }

    /** Of all drills together. */
    @Whitelisted
    public int getLostConnections() {
        return getDrills().stream().mapToInt(DrillResult::getLostConnections).sum();
    }

    /** Of all drills together. */
    @Whitelisted
    public int getFailedConnects() {
        return getDrills().stream().mapToInt(DrillResult::getFailedConnects).sum();
    }

    /** Who took the virtual address in the last drill in which it moved; empty when it never did. */
    @Whitelisted
    public String getNewHolder() {
        return getDrills().stream()
                .map(DrillResult::getNewHolder)
                .filter(holder -> !holder.isEmpty())
                .reduce("", (earlier, later) -> later);
    }

    @Override
    Summary inShort() {
        return new Summary(getCluster() + ": " + (passed ? "passed" : "not passed"))
                .with(getDrills().stream().map(DrillResult::inShort).toList());
    }

    @Override
    public String toString() {
        return (passed ? "passed " : "failed ") + drills;
    }
}
