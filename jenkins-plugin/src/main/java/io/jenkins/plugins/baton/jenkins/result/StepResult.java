package io.jenkins.plugins.baton.jenkins.result;

import hudson.Util;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What a step left, in short: this is in {@code build.xml}, and what the agents said is in a file beside it. A value: a
 * change makes another. Times are ms since 1970 by the controller's clock; 0 is "not yet". Texts and lists are cut to a
 * length that a {@code build.xml} can have.
 */
@ExportedBean(defaultVisibility = 3)
public final class StepResult implements Serializable {
    private static final long serialVersionUID = 1;

    private static final int MAX_ENTRIES = 50;

    private final int number;
    private final String step;
    private final long beganAt;
    private String source = "";
    private String cluster = "";
    private Outcome outcome = Outcome.RUNNING;
    private String message = "";
    private long endedAt;
    private long seenAt;
    private String holder = "";
    private ArrayList<String> missing = new ArrayList<>();
    private ArrayList<String> warnings = new ArrayList<>();
    private String standing = "";
    private boolean plan;
    private String release = "";
    private ArrayList<String> changed = new ArrayList<>();
    private ArrayList<DrillResult> drills = new ArrayList<>();
    private boolean tested;
    /** Null but for a maintenance. */
    private MaintenanceResult maintenance;

    /**
     * @param number of the step in its build, from 0
     * @param step its name in a pipeline, as {@code haDeploy}
     * @param source what the step was given as {@code cluster}
     */
    public StepResult(int number, String step, String source, long beganAt) {
        this.number = number;
        this.step = step;
        this.source = Texts.cut(source);
        this.beganAt = beganAt;
    }

    private StepResult(StepResult other) {
        this(other.number, other.step, other.source, other.beganAt);
        cluster = other.cluster;
        outcome = other.outcome;
        message = other.message;
        endedAt = other.endedAt;
        seenAt = other.seenAt;
        holder = other.holder;
        missing = other.missing;
        warnings = other.warnings;
        standing = other.standing;
        plan = other.plan;
        release = other.release;
        changed = other.changed;
        drills = other.drills;
        tested = other.tested;
        maintenance = other.maintenance;
    }

    /** Of the drills of a version that kept nothing else. */
    public static StepResult of(int number, FailoverResult run) {
        StepResult result = new StepResult(number, "haFailoverTest", run.getCluster(), 0);
        result.cluster = run.getCluster();
        result.outcome = run.isPassed() ? Outcome.PASSED : Outcome.FAILED;
        result.message = Texts.cut(run.getRefusal());
        result.drills = new ArrayList<>(run.getDrills());
        return result;
    }

    /** @param name the cluster's, as its file says */
    public StepResult ofCluster(String name) {
        StepResult result = new StepResult(this);
        result.cluster = Texts.cut(name);
        return result;
    }

    /**
     * What was seen last.
     *
     * @param at when
     * @param node the holder of the first virtual router; empty when there is not exactly one
     * @param sentences what is missing for a steady cluster; empty: it is steady
     */
    public StepResult seen(long at, String node, List<String> sentences) {
        StepResult result = new StepResult(this);
        result.seenAt = at;
        result.holder = Texts.cut(node);
        result.missing = Texts.cut(sentences, MAX_ENTRIES);
        return result;
    }

    public StepResult warned(List<String> sentences) {
        StepResult result = new StepResult(this);
        result.warnings = Texts.cut(sentences, MAX_ENTRIES);
        return result;
    }

    /** @param sentence how things stand if nothing more is heard of the step; empty: nothing was begun */
    public StepResult standing(String sentence) {
        StepResult result = new StepResult(this);
        result.standing = Texts.cut(sentence);
        return result;
    }

    /** A deployment only says what it would change. */
    public StepResult planned() {
        StepResult result = new StepResult(this);
        result.plan = true;
        return result;
    }

    /**
     * @param id of the agent's release
     * @param nodes that were changed
     */
    public StepResult deployed(String id, List<String> nodes) {
        StepResult result = new StepResult(this);
        result.release = Texts.cut(id);
        result.changed = Texts.cut(nodes, MAX_ENTRIES);
        return result;
    }

    public StepResult drilled(DrillResult drill) {
        StepResult result = new StepResult(this);
        result.drills = new ArrayList<>(drills);
        result.drills.add(drill);
        return result;
    }

    /** The drills are to be test cases of the build too. */
    public StepResult tested() {
        StepResult result = new StepResult(this);
        result.tested = true;
        return result;
    }

    public StepResult maintained(MaintenanceResult done) {
        StepResult result = new StepResult(this);
        result.maintenance = done;
        return result;
    }

    /** @param sentence why it did not pass; empty when it did */
    public StepResult ended(Outcome how, String sentence, long at) {
        StepResult result = new StepResult(this);
        result.outcome = how;
        result.message = Texts.cut(sentence);
        result.endedAt = at;
        return result;
    }

    /** Of the step in its build, from 0. */
    @Exported
    public int getNumber() {
        return number;
    }

    /** Its name in a pipeline, as {@code haDeploy}. */
    @Exported
    public String getStep() {
        return step;
    }

    /** The name in the cluster file; empty when the file could not be read. */
    @Exported
    public String getCluster() {
        return cluster;
    }

    /** What the step was given as {@code cluster}: a path, or a name in Jenkins' configuration. */
    @Exported
    public String getSource() {
        return source;
    }

    @Exported
    public Outcome getOutcome() {
        return outcome;
    }

    /** Why it did not pass; empty when it did. */
    @Exported
    public String getMessage() {
        return message;
    }

    @Exported
    public long getBeganAt() {
        return beganAt;
    }

    /** 0 while it runs. */
    @Exported
    public long getEndedAt() {
        return endedAt;
    }

    /** When the nodes were looked at last; 0: never. */
    @Exported
    public long getSeenAt() {
        return seenAt;
    }

    /** Whether nothing was missing when the nodes were looked at last. */
    @Exported
    public boolean isSteady() {
        return seenAt > 0 && missing.isEmpty();
    }

    /** Of the first virtual router; empty when there was not exactly one, or nobody looked. */
    @Exported
    public String getHolder() {
        return holder;
    }

    /** For a steady cluster, a sentence each. */
    @Exported
    public List<String> getMissing() {
        return List.copyOf(missing);
    }

    @Exported
    public List<String> getWarnings() {
        return List.copyOf(warnings);
    }

    /** How things stand if nothing more is heard of the step; empty: nothing was begun. */
    public String getStanding() {
        return Util.fixNull(standing);
    }

    /** Whether a deployment only said what it would change. */
    @Exported
    public boolean isPlan() {
        return plan;
    }

    /** Of a deployment, the id of the agent's release; else empty. */
    @Exported
    public String getRelease() {
        return release;
    }

    /** Of a deployment, the nodes that were changed. */
    @Exported
    public List<String> getChanged() {
        return List.copyOf(changed);
    }

    /** Every drill that was attempted, also one that did not run to its end. */
    @Exported
    public List<DrillResult> getDrills() {
        return List.copyOf(drills);
    }

    /** Whether the drills are test cases of the build too. */
    public boolean isTested() {
        return tested;
    }

    /** Of a maintenance; null for other steps, and for one that never began. */
    @Exported
    public MaintenanceResult getMaintenance() {
        return maintenance;
    }

    /** Of the page with what the agents said, under the build's URL. */
    @Exported
    public String getUrl() {
        return url(number);
    }

    /** Of the page of the step of that number, under its build's URL. */
    public static String url(int number) {
        return "baton/step/" + number + "/";
    }

    @Override
    public String toString() {
        return step + " " + Util.fixNull(cluster) + " " + outcome;
    }
}
