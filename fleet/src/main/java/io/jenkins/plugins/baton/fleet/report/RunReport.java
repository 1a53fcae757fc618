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
 * @param refusal why the next drill did not begin; empty when none was refused
 */
public record RunReport(
        String format, String version, String cluster, boolean passed, List<DrillReport> drills, String refusal) {
    public static final String FORMAT = "baton-drill/2";

    public RunReport {
        drills = drills == null ? List.of() : List.copyOf(drills);
        refusal = refusal == null ? "" : refusal;
    }
}
