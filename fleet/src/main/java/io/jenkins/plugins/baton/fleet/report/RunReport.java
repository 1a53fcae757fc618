package io.jenkins.plugins.baton.fleet.report;

import java.util.List;

/**
 * One run of {@code baton drill}: what {@code report.json} holds. The format is described in {@code docs/drills.md}; its
 * version changes when a reader of the old one would be misled.
 *
 * @param format {@link #FORMAT}
 * @param version of the program
 * @param passed all drills did, and none was left out
 * @param drills in the order they ran
 * @param refusal the scenario that did not run to its end, and why; empty when all did
 * @param unfinished the same; null when all did
 * @param notBegun scenarios that were to follow it
 */
public record RunReport(
        String format,
        String version,
        String cluster,
        boolean passed,
        List<DrillReport> drills,
        String refusal,
        Unfinished unfinished,
        List<String> notBegun) {
    public static final String FORMAT = "baton-drill/2";

    /** A report of another version may lack anything: its pages can be made all the same. */
    public RunReport {
        format = Missing.text(format);
        version = Missing.text(version);
        cluster = Missing.text(cluster);
        drills = Missing.list(drills);
        refusal = Missing.text(refusal);
        notBegun = Missing.list(notBegun);
    }

    /**
     * A drill that did not run to its end.
     *
     * @param node empty when none was chosen yet
     * @param outcome {@code refused}: it did not begin; {@code aborted} by the operator; {@code error}: it could not be
     *     carried through
     * @param reason for a person
     */
    public record Unfinished(String scenario, String node, String outcome, String reason) {
        public static final String REFUSED = "refused";
        public static final String ABORTED = "aborted";
        public static final String ERROR = "error";

        public Unfinished {
            scenario = Missing.text(scenario);
            node = Missing.text(node);
            outcome = Missing.text(outcome);
            reason = Missing.text(reason);
        }
    }

    /** All but the drills, for one who has them. */
    public RunReport withoutDrills() {
        return new RunReport(format, version, cluster, passed, List.of(), refusal, unfinished, notBegun);
    }

    /** A run whose drills all came to their end. */
    public static RunReport complete(String version, String cluster, List<DrillReport> drills) {
        boolean passed = drills.stream().allMatch(DrillReport::passed);
        return new RunReport(FORMAT, version, cluster, passed, drills, "", null, List.of());
    }

    /** A run whose last drill did not. */
    public static RunReport broken(
            String version, String cluster, List<DrillReport> drills, Unfinished last, List<String> notBegun) {
        String refusal = last.scenario() + ": " + last.reason();
        return new RunReport(FORMAT, version, cluster, false, drills, refusal, last, notBegun);
    }
}
