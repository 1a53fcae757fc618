package io.jenkins.plugins.baton.jenkins.page;

import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.result.DrillResult;
import io.jenkins.plugins.baton.jenkins.result.Outcome;
import io.jenkins.plugins.baton.jenkins.result.StepResult;
import java.util.ArrayList;
import java.util.List;

/** A step in one line: the build's summary has it, and the table above each step's page. */
public final class StepLine {
    /** What a summary shows of one step's drills; the page has all. */
    private static final int MAX_DRILLS = 10;

    private final StepResult step;

    StepLine(StepResult step) {
        this.step = step;
    }

    public StepResult getStep() {
        return step;
    }

    public Outcome getOutcome() {
        return step.getOutcome();
    }

    /** The cluster's name, else what the step was given. */
    public String getCluster() {
        return step.getCluster().isEmpty() ? step.getSource() : step.getCluster();
    }

    /** Who holds the address and whether the cluster was steady; empty when nobody could look. */
    public String getState() {
        if (step.getSeenAt() == 0) {
            return "";
        }
        String holder =
                step.getHolder().isEmpty() ? Messages.StepLine_noHolder() : Messages.StepLine_holder(step.getHolder());
        List<String> missing = step.getMissing();
        return holder + ", "
                + switch (missing.size()) {
                    case 0 -> Messages.StepLine_steady();
                    case 1 -> Messages.StepLine_missing(missing.get(0));
                    default -> Messages.StepLine_missingMore(missing.get(0), missing.size() - 1);
                };
    }

    public boolean isSteady() {
        return step.isSteady();
    }

    /** Why it did not pass, in one line; empty when the state above says it. */
    public String getReason() {
        String first = step.getMessage().lines().findFirst().orElse("");
        return step.getMissing().contains(first) ? "" : first;
    }

    public String getAgo() {
        return ReaderTimes.ago(step.getSeenAt() == 0 ? step.getBeganAt() : step.getSeenAt());
    }

    /** When it began, with the zone. */
    public String getBegan() {
        return ReaderTimes.moment(step.getBeganAt());
    }

    /** Empty where that was not kept. */
    public String getDuration() {
        if (step.getBeganAt() == 0) {
            return "";
        }
        long end = step.getEndedAt() == 0 ? System.currentTimeMillis() : step.getEndedAt();
        return ReaderTimes.span(end - step.getBeganAt());
    }

    /** Those that did not pass first, where they are too many for a summary. */
    public List<DrillLine> getDrills() {
        List<DrillLine> lines = new ArrayList<>();
        List<DrillResult> drills = step.getDrills();
        for (int i = 0; i < drills.size(); i++) {
            lines.add(DrillLine.of(step, i));
        }
        if (lines.size() <= MAX_DRILLS) {
            return lines;
        }
        lines.sort(
                (a, b) -> Boolean.compare(a.getDrill().isPassed(), b.getDrill().isPassed()));
        return lines.subList(0, MAX_DRILLS);
    }

    /** How many drills the summary leaves out. */
    public int getMore() {
        return Math.max(0, step.getDrills().size() - MAX_DRILLS);
    }

    /** Under the build's URL. */
    public String getUrl() {
        return step.getUrl();
    }
}
