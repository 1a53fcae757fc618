package io.jenkins.plugins.baton.jenkins.overview;

import hudson.model.Job;
import io.jenkins.plugins.baton.fleet.drill.Scenario;
import io.jenkins.plugins.baton.jenkins.history.Attempt;
import io.jenkins.plugins.baton.jenkins.history.JobFindings;
import io.jenkins.plugins.baton.jenkins.result.Outcome;
import io.jenkins.plugins.baton.jmx.text.HumanUnits;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The last drill of a scenario on a cluster, and what came of a later attempt that was none. */
@ExportedBean(defaultVisibility = 2)
public final class DrillCell {
    /** After which a failover counts as not tried. */
    public static final Duration OVERDUE = Duration.ofDays(30);

    private final Scenario scenario;
    private final Attempt drill;
    private final Moment drilled;
    private final Attempt miss;
    private final Moment missed;

    private DrillCell(Scenario scenario, Found drill, Found miss, long now) {
        this.scenario = scenario;
        this.drill = drill == null ? null : drill.attempt;
        this.drilled = drill == null ? null : new Moment(drill.job, drill.attempt, now);
        boolean later = miss != null && (drill == null || miss.attempt.at() >= drill.attempt.at());
        this.miss = later ? miss.attempt : null;
        this.missed = later ? new Moment(miss.job, miss.attempt, now) : null;
    }

    private record Found(Job<?, ?> job, Attempt attempt) {}

    static DrillCell of(Scenario scenario, Map<Job<?, ?>, JobFindings> findings, long now) {
        return new DrillCell(
                scenario,
                last(scenario, findings, JobFindings::drills),
                last(scenario, findings, JobFindings::misses),
                now);
    }

    private static Found last(
            Scenario scenario,
            Map<Job<?, ?>, JobFindings> findings,
            Function<JobFindings, Map<String, Attempt>> attempts) {
        Found last = null;
        for (Map.Entry<Job<?, ?>, JobFindings> one : findings.entrySet()) {
            Attempt attempt = attempts.apply(one.getValue()).get(scenario.word());
            if (attempt != null && (last == null || attempt.at() > last.attempt.at())) {
                last = new Found(one.getKey(), attempt);
            }
        }
        return last;
    }

    @Exported
    public String getScenario() {
        return scenario.word();
    }

    /** Null: never drilled. */
    @Exported(inline = true)
    public Moment getDrilled() {
        return drilled;
    }

    @Exported
    public boolean isPassed() {
        return drill != null && drill.outcome().isPassed();
    }

    /** Of the last drill; null: never drilled. */
    @Exported
    public Double getOutageMillis() {
        return drill == null ? null : drill.outageMillis();
    }

    /** For a person. */
    public String getOutage() {
        return drill == null ? "" : HumanUnits.measured(drill.outageMillis());
    }

    /** An attempt after the last drill that was refused, or did not run to its end; null: none. */
    @Exported(inline = true)
    public Moment getMissed() {
        return missed;
    }

    /** How that attempt ended; null: none. */
    @Exported
    public Outcome getMiss() {
        return miss == null ? null : miss.outcome();
    }

    /** Whether it was not drilled for {@link #OVERDUE}, or never. */
    @Exported
    public boolean isOverdue() {
        return drilled == null || drilled.isOlderThan(OVERDUE);
    }

    boolean isFailed() {
        return miss != null || drill != null && !drill.outcome().isPassed();
    }

    /** When it was drilled, in ms since 1970; 0: never. */
    long lastAt() {
        return drill == null ? 0 : drill.at();
    }

    /** In the reader's language; empty: never drilled. */
    public String getVerdictWord() {
        return drill == null ? "" : drill.outcome().getWord();
    }

    /** What the pointer is told. */
    public String getTip() {
        return drill == null ? "" : tip(drill.outcome(), drilled);
    }

    public String getMissTip() {
        return miss == null ? "" : tip(miss.outcome(), missed);
    }

    private String tip(Outcome outcome, Moment moment) {
        return scenario.word() + ": " + outcome.getWord() + ", " + moment.getTime() + ", " + moment.getSource();
    }
}
