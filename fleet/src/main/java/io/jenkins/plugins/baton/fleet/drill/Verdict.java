package io.jenkins.plugins.baton.fleet.drill;

import io.jenkins.plugins.baton.fleet.report.DrillReport.Figures;
import io.jenkins.plugins.baton.fleet.report.DrillReport.Rule;
import io.jenkins.plugins.baton.jmx.text.HumanUnits;
import java.util.ArrayList;
import java.util.List;

/** What is demanded of a drill, and whether it was met. Pure. */
final class Verdict {
    private Verdict() {}

    /**
     * @param trouble what went wrong with the drill itself: the fault could not be ended, no steady state at the end
     */
    static List<Rule> of(Plan plan, Figures figures, List<String> trouble) {
        List<Rule> rules = new ArrayList<>();
        long maxOutage = plan.limits().maxOutage().toMillis();
        rules.add(new Rule(
                "longest outage at most " + maxOutage + " ms",
                HumanUnits.measured(figures.outageMillis()),
                figures.outageMillis() <= maxOutage));
        plan.limits()
                .maxLostConnections()
                .ifPresent(limit -> rules.add(new Rule(
                        "long-lived connections lost: at most " + limit,
                        figures.longLivedLost() + " of " + figures.longLived(),
                        figures.longLivedLost() <= limit)));
        rules.add(new Rule(
                "fault ended and cluster steady again within " + plan.settle().toSeconds() + " s",
                trouble.isEmpty() ? "yes" : String.join("; ", trouble),
                trouble.isEmpty()));
        return rules;
    }
}
