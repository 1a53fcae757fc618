package io.jenkins.plugins.baton.jenkins.page;

import io.jenkins.plugins.baton.jenkins.Messages;
import io.jenkins.plugins.baton.jenkins.result.DrillResult;
import io.jenkins.plugins.baton.jenkins.result.StepResult;
import io.jenkins.plugins.baton.jmx.text.HumanUnits;

/** A drill in one line. */
public final class DrillLine {
    private final DrillResult drill;
    private final int step;
    private final int number;

    /**
     * @param step its number in the build
     * @param number of the drill in the step
     */
    DrillLine(DrillResult drill, int step, int number) {
        this.drill = drill;
        this.step = step;
        this.number = number;
    }

    static DrillLine of(StepResult step, int number) {
        return new DrillLine(step.getDrills().get(number), step.getNumber(), number);
    }

    public int getNumber() {
        return number;
    }

    public DrillResult getDrill() {
        return drill;
    }

    /** What was tried, on which node where that was chosen. */
    public String getTitle() {
        return drill.getNode().isEmpty()
                ? drill.getScenario()
                : Messages.DrillLine_title(drill.getScenario(), drill.getNode());
    }

    /** What was measured, or why it did not run to its end. */
    public String getText() {
        if (!drill.getOutcome().isJudged()) {
            return drill.getMessage().lines().findFirst().orElse("");
        }
        String measured = Messages.DrillLine_measured(getOutage(), drill.getLostConnections(), drill.getConnections());
        return drill.getNewHolder().isEmpty()
                ? measured
                : measured + " (" + drill.getOldHolder() + " → " + drill.getNewHolder() + ")";
    }

    /** Empty for a drill that did not run to its end. */
    public String getOutage() {
        return getDrill().getOutcome().isJudged()
                ? HumanUnits.measured(getDrill().getOutageMillis())
                : "";
    }

    /** The longest outage with which it passes; empty when that is not known. */
    public String getAllowed() {
        return getDrill().getMaxOutageMillis() > 0
                ? HumanUnits.measured(getDrill().getMaxOutageMillis())
                : "";
    }

    /** Under the build's URL. */
    public String getUrl() {
        return StepResult.url(step) + "drill/" + number + "/";
    }
}
