package io.jenkins.plugins.baton.jenkins.overview;

import hudson.model.Job;
import io.jenkins.plugins.baton.fleet.drill.Scenario;
import io.jenkins.plugins.baton.jenkins.history.Finding;
import io.jenkins.plugins.baton.jenkins.history.JobFindings;
import io.jenkins.plugins.baton.jenkins.history.Rollout;
import io.jenkins.plugins.baton.jenkins.history.Sighting;
import io.jenkins.plugins.baton.jenkins.result.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A cluster as the builds of certain jobs saw it last. */
@ExportedBean(defaultVisibility = 2)
public final class ClusterRow {
    private final String name;
    private final Map<Job<?, ?>, JobFindings> findings;
    private final Sighting sighting;
    private final Moment seen;
    private final Rollout rollout;
    private final Moment deployed;
    private final List<DrillCell> cells;

    /** @param now in ms since 1970 */
    ClusterRow(String name, Map<Job<?, ?>, JobFindings> findings, long now) {
        this.name = name;
        this.findings = findings;
        Job<?, ?> watcher = latest(findings, JobFindings::sighting);
        this.sighting = watcher == null ? null : findings.get(watcher).sighting();
        this.seen = watcher == null ? null : new Moment(watcher, sighting, now);
        Job<?, ?> deployer = latest(findings, JobFindings::rollout);
        this.rollout = deployer == null ? null : findings.get(deployer).rollout();
        this.deployed = deployer == null ? null : new Moment(deployer, rollout, now);
        this.cells = Arrays.stream(Scenario.values())
                .map(scenario -> DrillCell.of(scenario, findings, now))
                .toList();
    }

    private static Job<?, ?> latest(Map<Job<?, ?>, JobFindings> findings, Function<JobFindings, Finding> kind) {
        Job<?, ?> latest = null;
        long at = Long.MIN_VALUE;
        for (Map.Entry<Job<?, ?>, JobFindings> one : findings.entrySet()) {
            Finding finding = kind.apply(one.getValue());
            if (finding != null && finding.at() > at) {
                latest = one.getKey();
                at = finding.at();
            }
        }
        return latest;
    }

    @Exported
    public String getName() {
        return name;
    }

    /** When and by whom the state was seen; null: never. */
    @Exported(inline = true)
    public Moment getSeen() {
        return seen;
    }

    @Exported
    public boolean isSteady() {
        return sighting != null && sighting.isSteady();
    }

    /** What was missing for a steady cluster. */
    @Exported
    public List<String> getMissing() {
        return sighting == null ? List.of() : sighting.missing();
    }

    /** Of the first virtual router; empty when there was not exactly one, or nobody looked. */
    @Exported
    public String getHolder() {
        return sighting == null ? "" : sighting.holder();
    }

    /** When and by whom it was deployed to; null: never. */
    @Exported(inline = true)
    public Moment getDeployed() {
        return deployed;
    }

    @Exported
    public String getRelease() {
        return rollout == null ? "" : rollout.release();
    }

    /** How the deployment ended; null: there was none. */
    @Exported
    public Outcome getDeployment() {
        return rollout == null ? null : rollout.outcome();
    }

    /** One for each scenario, in their usual order. */
    @Exported(inline = true)
    public List<DrillCell> getDrills() {
        return cells;
    }

    /** Of the scenarios that were not drilled for 30 days, or never. */
    public long getOverdue() {
        return cells.stream().filter(DrillCell::isOverdue).count();
    }

    boolean isUnsteady() {
        return sighting != null && !sighting.isSteady();
    }

    boolean isFailed() {
        return rollout != null && !rollout.outcome().isPassed()
                || cells.stream().anyMatch(DrillCell::isFailed);
    }

    /** When the scenario was drilled, in ms since 1970; 0: never. */
    long drilledAt(Scenario scenario) {
        return cells.get(scenario.ordinal()).lastAt();
    }

    boolean contains(String words) {
        String wanted = words.toLowerCase(Locale.ROOT);
        return Stream.concat(
                        Stream.of(name, getHolder(), getRelease()),
                        findings.keySet().stream().map(Job::getFullName))
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
    }
}
